package io.syncanalyzer.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.EmbeddedServer;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.wire.RedisConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The product where the locale knows ASCII alone, as in cron and containers. */
class LocaleIT {
  private static final Duration DEADLINE = Duration.ofMinutes(2);

  /** Bytes are written by the shell, for this test's own JVM may know no more. */
  private static final String PASSWORD =
      "ANALYZER_SOURCE_PASSWORD=$(printf 'p\\303\\244\\342\\202\\254')";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"LC_ALL=C", "LC_ALL=POSIX", "NO_LOCALE=1"})
  void passwordsAndPatternsAreUtf8AndKeysAreShownByteByByte(String locale) throws Exception {
    try (EmbeddedServer source = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
        EmbeddedServer replica = EmbeddedServer.start(TestServers.onPath(), 0, List.of())) {
      try (RedisConnection connection = RedisConnection.open(replica.endpoint(Side.REPLICA))) {
        connection.expect("SET", "k\u00f6", "2");
      }
      try (RedisConnection connection = RedisConnection.open(source.endpoint(Side.SOURCE))) {
        connection.expect("SET", "k\u00f6", "1");
        connection.expect("SET", "other", "1");
        connection.expect("CONFIG", "SET", "requirepass", "p\u00e4\u20ac");
      }
      Path script =
          script(
              locale + " " + PASSWORD,
              "verify --fence none --quiet --results r --match \"$(printf 'k\\303\\266*')\""
                  + " --source redis://127.0.0.1:"
                  + source.port()
                  + " --replica redis://127.0.0.1:"
                  + replica.port());
      try (AnalyzerJar jar = started(script)) {
        assertThat(jar.await(DEADLINE)).as(jar.out() + jar.err()).isEqualTo(1);
        assertThat(jar.out()).contains("k\\xC3\\xB6", "1 value differs").doesNotContain("other");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--results", "--config", "--junit", "--tls-ca"})
  void aFileThatJavaCannotNameThereIsToldWithTheWayOut(String option) throws Exception {
    Path script =
        script(
            "LC_ALL=C",
            "verify --source rediss://127.0.0.1:1 " + option + " \"$(printf 'r\\303\\266')\"");
    try (AnalyzerJar jar = started(script)) {
      assertThat(jar.await(DEADLINE)).as(jar.err()).isEqualTo(2);
      assertThat(jar.err())
          .startsWith("analyzer: " + option + ": r\\xC3\\xB6 ")
          .contains("LC_ALL=C.UTF-8")
          .hasLineCount(1);
    }
  }

  @Test
  void aPasswordThatIsNoUtf8IsToldWithoutIt() throws Exception {
    Path script = script("LC_ALL=C ANALYZER_SOURCE_PASSWORD=$(printf 's3cret\\344')", "verify");
    try (AnalyzerJar jar = started(script)) {
      assertThat(jar.await(DEADLINE)).isEqualTo(2);
      assertThat(jar.err())
          .contains("ANALYZER_SOURCE_PASSWORD holds bytes that are no UTF-8")
          .doesNotContain("s3cret")
          .hasLineCount(1);
    }
  }

  /** A pipe is read to its end once, and an end is all that a second reader would find. */
  @ParameterizedTest
  @ValueSource(strings = {"@ff", "--config ff"})
  void optionsThatComeThroughAPipeAreReadWhateverTheLocale(String options) throws Exception {
    String text = (options.startsWith("@") ? "--" : "") + "run-id=p\\303\\244";
    Path script =
        script("LC_ALL=C\nmkfifo ff && { printf -- '" + text + "' > ff & }", "verify " + options);
    try (AnalyzerJar jar = started(script)) {
      assertThat(jar.await(DEADLINE)).as(jar.out()).isEqualTo(2);
      assertThat(jar.err()).contains("p\\xC3\\xA4").hasLineCount(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"@ff", "--config ff"})
  void aPipeThatGivesNothingIsRefusedForWhoWritesItMayHaveFailed(String options) throws Exception {
    Path script = script("LC_ALL=C\nmkfifo ff && { : > ff & }", "verify --results r " + options);
    try (AnalyzerJar jar = started(script)) {
      assertThat(jar.await(DEADLINE)).as(jar.out()).isEqualTo(2);
      assertThat(jar.err()).contains("ff is a pipe that gave nothing").hasLineCount(1);
    }
  }

  /** Starts java, which it is given as its own words, in this environment with these arguments. */
  private Path script(String environment, String arguments) throws Exception {
    Path script = folder.resolve("start.sh");
    Files.writeString(
        script,
        "unset LANG LC_ALL LC_CTYPE\nexport " + environment + "\nexec \"$@\" " + arguments + "\n");
    return script;
  }

  private AnalyzerJar started(Path script) throws Exception {
    return AnalyzerJar.start(
        folder, List.of("sh", script.toString()), List.of(), Map.of(), List.of());
  }
}
