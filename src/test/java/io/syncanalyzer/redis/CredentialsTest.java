package io.syncanalyzer.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CredentialsTest {
  private static final Map<String, String> ALL =
      Map.of(
          "ANALYZER_SOURCE_USER", "su",
          "ANALYZER_SOURCE_PASSWORD", "sp",
          "ANALYZER_REPLICA_USER", "ru",
          "ANALYZER_REPLICA_PASSWORD", "rp",
          "ANALYZER_SENTINEL_USER", "wu",
          "ANALYZER_SENTINEL_PASSWORD", "wp");

  @Test
  void eachSideGetsItsOwn() {
    Credentials credentials = Credentials.of(ALL);
    Endpoint source = credentials.apply(Endpoint.parse(Side.SOURCE, "redis://h:1/3"));
    Endpoint replica = credentials.apply(Endpoint.parse(Side.REPLICA, "rediss://h:2"));
    assertThat(source.user()).contains("su");
    assertThat(source.password()).contains(new Secret("sp"));
    assertThat(source.database()).isEqualTo(3);
    assertThat(source.origin()).isEqualTo(Origin.GIVEN);
    assertThat(replica.user()).contains("ru");
    assertThat(replica.password()).contains(new Secret("rp"));
    assertThat(replica.tls()).isPresent();
  }

  @Test
  void ofAServiceTheSentinelsGetTheirs() {
    Endpoint service = Endpoint.parse(Side.SOURCE, "redis-sentinel://s1:1,s2:2#shop");
    Endpoint complete = Credentials.of(ALL).apply(service);
    assertThat(complete.password()).contains(new Secret("sp"));
    assertThat(complete.origin())
        .isEqualTo(
            new Origin.Service(
                List.of("s1:1", "s2:2"),
                "shop",
                Optional.of("wu"),
                Optional.of(new Secret("wp")),
                ((Origin.Service) service.origin()).nodes()));
    assertThat(Credentials.of(Map.of()).apply(complete)).isEqualTo(complete);
  }

  @Test
  void whatIsNotGivenOrEmptyStaysAsTheUriHasIt() {
    Endpoint endpoint = Endpoint.parse(Side.SOURCE, "redis://ann:pw@h");
    assertThat(Credentials.of(Map.of()).apply(endpoint)).isEqualTo(endpoint);
    assertThat(
            Credentials.of(Map.of("ANALYZER_SOURCE_USER", "", "ANALYZER_SOURCE_PASSWORD", "new"))
                .apply(endpoint))
        .isEqualTo(Endpoint.parse(Side.SOURCE, "redis://ann:new@h"));
  }

  @Test
  void aNodeOfAClusterKeepsHowItIsKnown() {
    Origin node = new Origin.Node(Origin.Part.PRIMARY, List.of("h:1"), NodeMap.NONE);
    Endpoint endpoint = Endpoint.parse(Side.REPLICA, "redis://h:1").from(node);
    Endpoint complete = Credentials.of(ALL).apply(endpoint);
    assertThat(complete.origin()).isEqualTo(node);
    assertThat(complete.user()).contains("ru");
  }
}
