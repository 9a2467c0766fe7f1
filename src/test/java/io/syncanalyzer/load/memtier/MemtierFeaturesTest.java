package io.syncanalyzer.load.memtier;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.load.Fixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemtierFeaturesTest {
  @ParameterizedTest
  @CsvSource({"1.4.0, false, false", "2.1.4, true, false", "2.3.1, true, true"})
  void areReadFromTheHelpOfEachVersion(String version, boolean rate, boolean zipf) {
    MemtierFeatures features = Fixtures.features(version, zipf);

    assertThat(features.version()).isEqualTo(version);
    assertThat(features.has("--rate-limiting")).isEqualTo(rate);
    assertThat(features.zipf()).isEqualTo(zipf);
    assertThat(features.joinedKeys()).isEqualTo(zipf);
    assertThat(features.options())
        .contains("-n", "--requests", "-R", "--random-data", "--command", "--tls", "--ratio")
        .doesNotContain("-", "--");
  }

  @Test
  void aVersionThatABuildFromSourceMakesUpIsOnlyAName() {
    MemtierFeatures features =
        MemtierFeatures.read(
            "memtier_benchmark 255.255.255\n", Fixtures.text("2.1.4", "help.txt"), "");

    assertThat(features.version()).isEqualTo("255.255.255");
    assertThat(features.joinedKeys()).isFalse();
    assertThat(features.zipf()).isFalse();
  }

  @Test
  void anotherProgramIsNotMemtier() {
    String help = Fixtures.text("2.3.1", "help.txt");

    assertThat(MemtierFeatures.isMemtier("redis-cli 7.0.15", "Usage: redis-cli")).isFalse();
    assertThat(MemtierFeatures.isMemtier("", "")).isFalse();
    assertThat(MemtierFeatures.isMemtier(Fixtures.text("2.3.1", "version.txt"), help)).isTrue();
    assertThat(MemtierFeatures.isMemtier(Fixtures.text("1.3.0", "version.txt"), help)).isTrue();
  }
}
