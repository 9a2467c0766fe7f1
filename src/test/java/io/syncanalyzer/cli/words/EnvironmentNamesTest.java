package io.syncanalyzer.cli.words;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.cli.words.EnvironmentNames.Mistyped;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentNamesTest {
  private final EnvironmentNames names =
      new EnvironmentNames(
          Set.of("source", "replica", "timeout", "sentinel-rate", "db", "keep", "max-lag-p99"));

  @ParameterizedTest
  @CsvSource({
    "ANALYZER_TIMOUT, ANALYZER_TIMEOUT",
    "ANALYZER_TIMEUOT, ANALYZER_TIMEOUT",
    "ANALYZER_TIMEOUTS, ANALYZER_TIMEOUT",
    "ANALYZER_Timeout, ANALYZER_TIMEOUT",
    "analyzer_timeout, ANALYZER_TIMEOUT",
    "ANALYZER_SENTINEL-RATE, ANALYZER_SENTINEL_RATE",
    "ANALYZER_SENTINAL_RATE, ANALYZER_SENTINEL_RATE",
    "ANALYZER_SENTINELRATE, ANALYZER_SENTINEL_RATE",
    "ANALYZER_MAX_LAG_P_99, ANALYZER_MAX_LAG_P99",
    "ANALYZER_KEP, ANALYZER_KEEP",
    "ANALYZER_SOURCE_PASWORD, ANALYZER_SOURCE_PASSWORD",
    "ANALYZER_SOURCE_PASS, ANALYZER_SOURCE_PASSWORD",
    "ANALYZER_REPLICA_USERNAME, ANALYZER_REPLICA_USER",
    "ANALYZER_SOURCE_URI, ANALYZER_SOURCE",
  })
  void aVariableThatIsNearlyAnOptionOrACredentialIsMistyped(String name, String meant) {
    assertThat(names.mistyped(Set.of("PATH", name))).containsExactly(new Mistyped(name, meant));
    assertThat(names.knowsAll(Set.of(name))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ANALYZER_TIMEOUT",
        "ANALYZER_SOURCE_PASSWORD",
        "ANALYZER_REPLICA_USER",
        "ANALYZER_DB",
        "ANALYZER_DC",
        "ANALYZER_HOME",
        "ANALYZER_PORT_6379_TCP",
        "ANALYZER_SOURCE_SERVICE_HOST",
        "ANALYZER_TEST_SERVERS",
        "ANALYZER_",
        "TIMOUT",
        "MY_ANALYZER_TIMOUT",
      })
  void anOptionACredentialAndWhatIsFarFromEachIsNot(String name) {
    assertThat(names.mistyped(Set.of(name))).isEmpty();
  }

  @Test
  void severalAreNamedInOrder() {
    assertThat(names.mistyped(Set.of("ANALYZER_TIMOUT", "ANALYZER_REPLCA")))
        .extracting(Mistyped::variable)
        .isEqualTo(List.of("ANALYZER_REPLCA", "ANALYZER_TIMOUT"));
  }
}
