package io.syncanalyzer.insert.fork;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

class JmhOutputTest {
  private static final String THROWN =
      """
      io.syncanalyzer.redis.RedisFailure: the source is gone; start it
      \tat io.syncanalyzer.redis.wire.Wire.failed(Wire.java:132)
      \tat java.base/java.lang.Thread.run(Thread.java:840)
      Caused by: java.net.ConnectException: Connection refused
      \tat java.base/sun.nio.ch.Net.pollConnect(Native Method)
      \t... 19 more
      """;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream before = System.out;

  @BeforeEach
  void catchStandardOutput() {
    System.setOut(new PrintStream(printed, true, UTF_8));
  }

  @AfterEach
  void letItGo() {
    System.setOut(before);
  }

  @Test
  void aFailureIsItsFirstLineAndShownWithoutItsTrace() throws IOException {
    JmhOutput output = JmhOutput.of(new OptionsBuilder().build());
    failed(output, THROWN);
    failed(output, "java.lang.IllegalStateException: a later one\n");
    assertThat(output.failure()).isEqualTo("the source is gone; start it");
    assertThat(output.isUsage()).isFalse();
    assertThat(printed.toString(UTF_8))
        .contains("RedisFailure: the source is gone", "Caused by: java.net.ConnectException")
        .doesNotContain("\tat ", "19 more");
  }

  @Test
  void whoAsksForEverythingGetsTheTraceToo() throws IOException {
    Options all = new OptionsBuilder().verbosity(VerboseMode.EXTRA).build();
    failed(JmhOutput.of(all), THROWN);
    assertThat(printed.toString(UTF_8)).contains("\tat java.base/java.lang.Thread.run");
  }

  @Test
  void anArgumentThatCannotBeIsWrongUsage() throws IOException {
    JmhOutput output = JmhOutput.of(new OptionsBuilder().build());
    failed(output, "java.lang.IllegalArgumentException: no sentinel type `bag`\n");
    assertThat(output.isUsage()).isTrue();
    assertThat(output.failure()).isEqualTo("no sentinel type `bag`");
  }

  @Test
  void whatHasNoMessageIsItsName() throws IOException {
    JmhOutput output = JmhOutput.of(new OptionsBuilder().build());
    failed(output, "java.lang.OutOfMemoryError\n");
    assertThat(output.failure()).isEqualTo("OutOfMemoryError");
  }

  @Test
  void aJvmThatEndsByItselfIsAFailure() throws IOException {
    JmhOutput output = JmhOutput.of(new OptionsBuilder().build());
    output.println("<forked VM failed with exit code 1>");
    assertThat(output.failure()).startsWith("the JVM of a benchmark ended by itself");
  }

  @Test
  void whereNothingFailedThereIsNoFailure() throws IOException {
    JmhOutput output = JmhOutput.of(new OptionsBuilder().build());
    output.println("io.syncanalyzer.redis.RedisFailure: is only talked of");
    assertThat(output.failure()).isNull();
  }

  @Test
  void aSilencedOnePrintsNoMore() throws IOException {
    JmhOutput output = JmhOutput.of(new OptionsBuilder().build());
    output.silence();
    output.println("late");
    output.print("later");
    output.flush();
    assertThat(printed.toString(UTF_8)).isEmpty();
  }

  private static void failed(JmhOutput output, String thrown) {
    output.println("<failure>");
    output.println("");
    output.println(thrown);
    output.flush();
  }
}
