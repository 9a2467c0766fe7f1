package io.syncanalyzer.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.verify.attempt.VerifySettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class VerifyOptionsTest {
  @Command
  static final class Asking {
    @Mixin VerifyOptions options = new VerifyOptions();
  }

  private static VerifySettings settings(String... arguments) {
    Asking asking = new Asking();
    new CommandLine(asking)
        .registerConverter(Duration.class, text -> Duration.parse("PT" + text))
        .parseArgs(arguments);
    return asking.options.settings();
  }

  @ParameterizedTest
  @CsvSource({"5, 5", "5%, 5", "5 %, 5", "1, 1", "100%, 100", "2.5, 2.5"})
  void aShareOfAServersCpuIsANumberWithOrWithoutItsSign(String typed, double percent) {
    assertThat(settings("--server-cpu", typed).serverCpuPercent()).isEqualTo(percent);
  }

  @Test
  void aShareAndARateMayBothBeGiven() {
    VerifySettings both = settings("--server-cpu", "5", "--rate", "100");
    assertThat(both.serverCpuPercent()).isEqualTo(5);
    assertThat(both.keysPerSecond()).isEqualTo(100);
    assertThat(settings().serverCpuPercent()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.9", "101", "100.1%"})
  void aShareThatNoCpuHasIsRefused(String typed) {
    assertThatThrownBy(() -> settings("--server-cpu", typed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("--server-cpu " + typed + ": it is 1 to 100 percent of a CPU");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "-5", "5%%", "%", "1e1", "5,5", "٥"})
  void whatIsNoShareIsRefusedInOneLine(String typed) {
    assertThatThrownBy(() -> settings("--server-cpu=" + typed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("--server-cpu " + typed + ": a share of a CPU is a number such as 5 or 5%");
  }
}
