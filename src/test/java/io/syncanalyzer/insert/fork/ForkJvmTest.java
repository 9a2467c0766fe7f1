package io.syncanalyzer.insert.fork;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

class ForkJvmTest {
  @ParameterizedTest
  @ValueSource(ints = {17, 21, 22, 23})
  void aJvmThatDoesNotWarnIsToldNothing(int feature) {
    assertThat(ForkJvm.of(feature)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {24, 25, 26})
  void aJvmThatWarnsIsToldThatBothAreMeant(int feature) {
    assertThat(ForkJvm.of(feature))
        .containsExactly(
            "--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED");
  }

  @Test
  void theUsersOwnArgumentsStandBehindOursAndNothingElseChanges() {
    Options asked =
        new OptionsBuilder().include("Sentinel").forks(3).jvmArgsPrepend("-Xint").build();

    Options quiet = ForkJvm.quiet(asked);

    List<String> expected = new ArrayList<>(ForkJvm.thisOne());
    expected.add("-Xint");
    assertThat(quiet.getJvmArgsPrepend().get()).containsExactlyElementsOf(expected);
    assertThat(quiet.getIncludes()).containsExactly("Sentinel");
    assertThat(quiet.getForkCount().get()).isEqualTo(3);
  }

  @Test
  void anotherJvmThanThisOneIsToldNothing() {
    Options asked = new OptionsBuilder().jvm("/opt/java-17/bin/java").build();

    assertThat(ForkJvm.quiet(asked)).isSameAs(asked);
  }
}
