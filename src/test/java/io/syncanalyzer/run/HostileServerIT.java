package io.syncanalyzer.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.wire.HostileServer;
import io.syncanalyzer.redis.wire.HostileServer.Trick;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The jar in a heap of 64 MB against servers that mean no good. */
class HostileServerIT {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final List<String> COMMANDS = List.of("verify", "probe", "load-and-verify");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "verify, LARGE_BULK_THAT_COMES",
    "verify, BILLION_ELEMENTS",
    "probe, DRIP",
    "load-and-verify, LENGTH_OF_TWO_GIGABYTES",
    "load-and-verify, LINE_WITHOUT_END"
  })
  void aCommandEndsInTimeInLittleMemoryWithOneLine(String command, Trick trick) throws Exception {
    endsWithOneLine(command, trick);
  }

  static Stream<Arguments> everyCommandAndTrick() {
    return COMMANDS.stream()
        .flatMap(command -> Stream.of(Trick.values()).map(trick -> Arguments.of(command, trick)));
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("everyCommandAndTrick")
  void everyCommandDoesOnEveryTrick(String command, Trick trick) throws Exception {
    endsWithOneLine(command, trick);
  }

  private void endsWithOneLine(String command, Trick trick) throws Exception {
    try (HostileServer server = HostileServer.start(trick, 1);
        HostileServer other = HostileServer.start(trick, 1)) {
      String address = "127.0.0.1:" + server.port();
      List<String> words = new ArrayList<>(List.of(command));
      words.addAll(List.of("--source", "redis://" + address));
      words.addAll(List.of("--replica", "redis://127.0.0.1:" + other.port()));
      words.addAll(List.of("--timeout", "2s", "--run-id", "r", "--quiet"));
      if (command.equals("load-and-verify")) {
        words.addAll(List.of("--load-engine", "jmh"));
      }
      long before = System.nanoTime();
      try (AnalyzerJar jar = AnalyzerJar.start(folder, List.of("-Xmx64m"), Map.of(), words)) {
        assertThat(jar.await(LONG)).describedAs("%s%s", jar.out(), jar.err()).isEqualTo(5);
        // Two seconds of its own, and a JVM's start on a busy machine.
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
        assertThat(jar.out() + jar.err())
            .contains(address)
            .contains(trick.cause())
            .doesNotContain("internal error", "OutOfMemory", "StackOverflow", "\tat ");
      }
    }
  }
}
