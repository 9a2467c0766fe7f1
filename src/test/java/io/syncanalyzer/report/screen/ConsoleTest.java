package io.syncanalyzer.report.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ConsoleTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void aLogGetsALineEveryTenSecondsAndNothingToDrawOver() {
    try (Console console = console(false, false, false)) {
      console.phase("load");
      for (int second = 1; second <= 25; second++) {
        nanos.addAndGet(1_000_000_000L);
        console.progress(second / 25.0, second * 1000 + " ops");
      }
      console.phase("drain");
    }

    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "load: begins",
            "load:  40 %  10000 ops",
            "load:  80 %  20000 ops",
            "load: 25.0 s, 25000 ops",
            "drain: begins",
            "drain: 0.00 s");
    assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("\u001b").doesNotContain("\r");
  }

  @Test
  void whatIsWaitedForIsALineAtOnceAndThenEveryThreeSecondsWithoutATerminalToo() {
    try (Console console = console(false, false, false)) {
      console.phase("verify");
      for (int second = 1; second <= 7; second++) {
        nanos.addAndGet(1_000_000_000L);
        console.waiting("the replica is gone, for " + second + " s now");
      }
    }
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "verify: begins",
            "verify: waiting: the replica is gone, for 1 s now",
            "verify: waiting: the replica is gone, for 4 s now",
            "verify: waiting: the replica is gone, for 7 s now",
            "verify: 7.00 s");
  }

  @Test
  void resultsAloneGoToStandardOutput() {
    try (Console console = console(false, false, false)) {
      console.phase("verify");
      console.line("a remark");
      console.warn("a warning");
      console.result("the screen\n");
      console.error("why");
    }

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("the screen\n");
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("a remark", "warning: a warning", "error: why");
  }

  @Test
  void quietLeavesWarningsAndErrors() {
    try (Console console = console(true, false, true)) {
      console.phase("load");
      console.progress(0.5, "half");
      console.line("a remark");
      console.warn("a warning");
      console.error("why");
    }

    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("warning: a warning", "error: why");
  }

  @Test
  void aTerminalGetsABarThatIsGoneAtTheEnd() throws Exception {
    try (Console console = console(true, true, false)) {
      console.phase("load");
      console.progress(-1, "connecting");
      console.progress(0.42, "41,000 ops/s");
      Thread.sleep(500);
      console.warn("above the bar");
      nanos.addAndGet(2_000_000_000L);
    }

    String shown = err.toString(StandardCharsets.UTF_8);
    assertThat(shown).contains("42%").contains("41,000 ops/s");
    assertThat(shown).contains("\u001b[1;33mwarning: above the bar\u001b[0m");
    assertThat(shown).endsWith("load: 2.00 s, 41,000 ops/s" + System.lineSeparator());
  }

  @Test
  void noColorAndADumbTerminalMeanNoColours() {
    assertThat(Terminals.wantsColour(Map.of("TERM", "xterm-256color"))).isTrue();
    assertThat(Terminals.wantsColour(Map.of("TERM", "xterm", "NO_COLOR", ""))).isTrue();
    assertThat(Terminals.wantsColour(Map.of("TERM", "xterm", "NO_COLOR", "1"))).isFalse();
    assertThat(Terminals.wantsColour(Map.of("TERM", "dumb"))).isFalse();
    assertThat(Terminals.wantsColour(Map.of())).isFalse();
  }

  private Console console(boolean terminal, boolean colour, boolean quiet) {
    return new Console(
        new Console.Setting(stream(out), stream(err), terminal, colour, quiet, nanos::get));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
