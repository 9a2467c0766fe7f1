package io.syncanalyzer.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointTest {
  @Test
  void aUriNamesHostPortDatabaseAndLogin() {
    Endpoint endpoint =
        Endpoint.parse(Side.SOURCE, "rediss://al%3Aice:p%40ss%2Fw+rd@[::1]:13300/7");
    assertThat(endpoint.port()).isEqualTo(13300);
    assertThat(endpoint.database()).isEqualTo(7);
    assertThat(endpoint.user()).contains("al:ice");
    assertThat(endpoint.password()).contains(new Secret("p@ss/w+rd"));
    assertThat(endpoint.tls()).contains(TlsOptions.DEFAULT);
    assertThat(endpoint.address()).isEqualTo("[::1]:13300");
  }

  @Test
  void whatIsLeftOutHasRedisOwnDefaults() {
    Endpoint endpoint = Endpoint.parse(Side.REPLICA, "redis://db.example.org");
    assertThat(endpoint.port()).isEqualTo(6379);
    assertThat(endpoint.database()).isZero();
    assertThat(endpoint.user()).isEmpty();
    assertThat(endpoint.password()).isEmpty();
    assertThat(endpoint.tls()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "redis://h/0, 0",
    "redis://h:1/15, 15",
    "rediss://u:p%2Fw@[::1]:13300/7, 7",
    "redis://h, ",
    "redis://h:1/, ",
    "redis://u:p@h, ",
    "redis-sentinel://s1:1/4#shop, 4",
    "redis-sentinel://s1:1#shop, "
  })
  void aUriNamesADatabaseOrLeavesItOpen(String uri, @Nullable Integer database) {
    assertThat(Endpoint.databaseNamedIn(uri))
        .isEqualTo(database == null ? OptionalInt.empty() : OptionalInt.of(database));
  }

  @Test
  void aServiceIsNamedByItsSentinels() {
    Endpoint endpoint =
        Endpoint.parse(
            Side.SOURCE,
            "redis-sentinel://bob:p%40ss@s1,s_2:7000,[::1],[fe80::1]:7001/3#my%20shop");
    assertThat(endpoint.origin())
        .isEqualTo(
            new Origin.Service(
                List.of("s1:26379", "s_2:7000", "[::1]:26379", "[fe80::1]:7001"),
                "my shop",
                Optional.empty(),
                Optional.empty(),
                NodeMap.NONE));
    assertThat(endpoint.user()).contains("bob");
    assertThat(endpoint.password()).contains(new Secret("p@ss"));
    assertThat(endpoint.database()).isEqualTo(3);
    assertThat(endpoint.tls()).isEmpty();
    assertThat(endpoint)
        .hasToString(
            "source redis-sentinel://bob:***@s1:26379,s_2:7000,[::1]:26379,[fe80::1]:7001/3#my"
                + " shop");
  }

  @Test
  void aServerOfAServiceThatWasFoundIsNamedByItsAddress() {
    Endpoint found =
        Endpoint.parse(Side.REPLICA, "redis-sentinel://s1/2#shop").at("10.0.0.7", 6380);
    assertThat(found.display()).isEqualTo("redis://10.0.0.7:6380/2");
    assertThat(found.named()).isEqualTo("redis-sentinel://s1:26379/2#shop");
  }

  @ParameterizedTest
  @CsvSource({
    "redis-sentinel://:s3cret@s1, names no service",
    "redis-sentinel://:s3cret@s1#, names no service",
    "redis-sentinel://:s3cret@s1?a=b#shop, a query",
    "'redis-sentinel://:s3cret@s1,#shop', names no host",
    "'redis-sentinel://:s3cret@,s1#shop', names no host",
    "redis-sentinel://:s3cret@#shop, names no host",
    "redis-sentinel://:s3cret@s1:x#shop, a port that is no number",
    "redis-sentinel://:s3cret@s1:70000#shop, port 70000 is not in 1..65535",
    "redis-sentinel://:s3cret@s1:0#shop, port 0 is not in 1..65535",
    "redis-sentinel://:s3cret@::1#shop, names no host",
    "redis-sentinel://:s3cret@s1/db#shop, not a database number",
    "redis-sentinel://:s3cret%@s1#shop, broken percent-encoding",
    "redis-sentinel:s3cret@s1#shop, does not begin with",
    "rediss-sentinel://:s3cret@s1#shop, does not begin with"
  })
  void aUriOfSentinelsThatIsNoneIsOneLineWithoutItsPassword(String uri, String why) {
    assertThatThrownBy(() -> Endpoint.parse(Side.SOURCE, uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("--source: ")
        .hasMessageContaining(why)
        .hasMessageNotContaining("s3cret")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aPasswordWithoutUserIsTheDefaultUsers() {
    Endpoint endpoint = Endpoint.parse(Side.SOURCE, "redis://:s3cret@h");
    assertThat(endpoint.user()).isEmpty();
    assertThat(endpoint.password()).contains(new Secret("s3cret"));
  }

  @Test
  void noFormInWhichItIsPrintedShowsThePassword() {
    Endpoint endpoint = Endpoint.parse(Side.SOURCE, "redis://bob:s3cret@h:1/2");
    assertThat(endpoint.toString() + endpoint.display() + endpoint.password())
        .doesNotContain("s3cret");
    assertThat(endpoint.display()).isEqualTo("redis://bob:***@h:1/2");
  }

  @Test
  void credentialsFromElsewhereWinOverTheUris() {
    Endpoint endpoint =
        Endpoint.parse(Side.SOURCE, "redis://bob:old@h")
            .withCredentials(Optional.empty(), Optional.of(new Secret("new")));
    assertThat(endpoint.user()).contains("bob");
    assertThat(endpoint.password()).contains(new Secret("new"));
  }

  @ParameterizedTest
  @CsvSource({
    "redis://my_redis:7160/3, my_redis, 7160, ''",
    "redis://my_redis, my_redis, 6379, ''",
    "redis://my_redis:, my_redis, 6379, ''",
    "redis://_x, _x, 6379, ''",
    "redis://app_redis_1.net_a:1, app_redis_1.net_a, 1, ''",
    "redis://redis.7:1, redis.7, 1, ''",
    "rediss://bob:s3cr%40t@my_redis:1, my_redis, 1, s3cr@t",
    "redis://bob:s3cr@t@my-redis:1, my-redis, 1, s3cr@t",
    "redis://:s3c:ret@my_redis, my_redis, 6379, s3c:ret",
  })
  void aHostMayHaveAnyNameThatComposeGives(String uri, String host, int port, String password) {
    Endpoint endpoint = Endpoint.parse(Side.SOURCE, uri);
    assertThat(endpoint.host()).isEqualTo(host);
    assertThat(endpoint.port()).isEqualTo(port);
    assertThat(endpoint.password().map(Secret::reveal).orElse("")).isEqualTo(password);
  }

  @ParameterizedTest
  @CsvSource({
    "redis://my_redis:99999, not in 1..65535",
    "redis://my_redis:0, not in 1..65535",
    "redis://my_redis:x, names no host",
    "redis://bob:s3cret, names no host",
    "redis://bob:s3cret@, names no host",
    "redis://my$redis:1, names no host",
    "redis://-redis_:1, names no host",
    "http://h:1, does not begin with redis",
    "h:6379, does not begin with redis",
    "redis://, not a URI",
    "redis:///3, names no host",
    "redis://h:0, not in 1..65535",
    "redis://h:70000, not in 1..65535",
    "redis://h:1/x, not a database number",
    "redis://h:1/-1, not a database number",
    "redis://h:1/1?a=b, means nothing",
    "redis://bob:s3cret@h o:1, not a URI",
    "redis://bob:s3cret%ZZ@h:1, not a URI",
  })
  void anUnusableUriIsNamedByItsOptionWithoutItsSecret(String uri, String why) {
    assertThatThrownBy(() -> Endpoint.parse(Side.REPLICA, uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("--replica: ")
        .hasMessageContaining(why)
        .message()
        .doesNotContain("s3cret");
  }

  @Test
  void aCertificateWithoutItsKeyIsRefused() {
    assertThatThrownBy(
            () ->
                new TlsOptions(
                    Optional.empty(),
                    Optional.of(java.nio.file.Path.of("c.pem")),
                    Optional.empty(),
                    false))
        .hasMessageContaining("go together");
  }
}
