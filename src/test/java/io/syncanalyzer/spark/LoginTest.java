package io.syncanalyzer.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.redis.Credentials;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.NodeMap;
import io.syncanalyzer.redis.Origin;
import io.syncanalyzer.redis.Secret;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.verify.server.VerifyFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Secrets are put back where they were, and their want is told by the variable's name. */
class LoginTest {
  private static final Optional<Secret> HIDDEN = Optional.of(new Secret(""));

  private static Login login(Map<String, String> environment) {
    return new Login(Credentials.of(environment));
  }

  private static Endpoint sent(Side side) {
    return Endpoint.parse(side, "redis://127.0.0.1:7001")
        .withCredentials(Optional.of("ann"), HIDDEN);
  }

  @Test
  void eachSideGetsItsOwn() {
    Login login = login(Map.of("ANALYZER_SOURCE_PASSWORD", "s", "ANALYZER_REPLICA_PASSWORD", "r"));
    assertThat(login.of(sent(Side.SOURCE)).password()).contains(new Secret("s"));
    assertThat(login.of(sent(Side.REPLICA)).password()).contains(new Secret("r"));
    assertThat(login.of(sent(Side.REPLICA)).user()).contains("ann");
  }

  @Test
  void aServerThatNeedsNoneNeedsNone() {
    Endpoint open = Endpoint.parse(Side.SOURCE, "redis://127.0.0.1:7001");
    assertThat(login(Map.of()).of(open)).isEqualTo(open);
  }

  @Test
  void oneThatIsNotSetIsNamedWithWhatToDo() {
    assertThatThrownBy(() -> login(Map.of("ANALYZER_SOURCE_PASSWORD", "s")).of(sent(Side.REPLICA)))
        .isInstanceOf(VerifyFailure.class)
        .hasMessageStartingWith("ANALYZER_REPLICA_PASSWORD is not set there")
        .hasMessageContaining("--secrets-file");
  }

  @Test
  void theSentinelsHaveOneOfTheirOwn() {
    Endpoint service =
        sent(Side.SOURCE)
            .from(
                new Origin.Service(
                    List.of("127.0.0.1:26379"), "main", Optional.empty(), HIDDEN, NodeMap.NONE));
    assertThatThrownBy(() -> login(Map.of("ANALYZER_SOURCE_PASSWORD", "s")).of(service))
        .hasMessageStartingWith("ANALYZER_SENTINEL_PASSWORD is not set there");
  }

  @Test
  void oneWhoseBytesTheLocaleLostIsNotTried() {
    assertThatThrownBy(
            () -> login(Map.of("ANALYZER_SOURCE_PASSWORD", "s\ufffd")).of(sent(Side.SOURCE)))
        .hasMessageContaining("LC_ALL=C.UTF-8")
        .hasMessageNotContaining("s\ufffd");
  }
}
