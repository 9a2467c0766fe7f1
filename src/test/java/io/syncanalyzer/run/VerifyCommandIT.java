package io.syncanalyzer.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.EmbeddedServer;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.report.CsvFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The comparison alone, as a user starts it. */
class VerifyCommandIT {
  @TempDir private Path folder;

  @Test
  void atTheLimitOfMismatchesItStopsWithOneAndSaysWhatItLeft() throws Exception {
    try (EmbeddedServer source = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
        EmbeddedServer replica = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
        RedisConnection toSource = RedisConnection.open(source.endpoint(Side.SOURCE))) {
      for (int i = 0; i < 500; i++) {
        toSource.expect("SET", "key" + i, "v");
      }
      String[] arguments = {
        "verify",
        "--source",
        source.endpoint(Side.SOURCE).display(),
        "--replica",
        replica.endpoint(Side.REPLICA).display(),
        "--fence",
        "none",
        "--max-mismatches",
        "3",
        "--run-id",
        "limited"
      };
      try (AnalyzerJar jar = AnalyzerJar.start(folder, Map.of(), arguments)) {
        assertThat(jar.await(Duration.ofSeconds(60))).isEqualTo(1);
        assertThat(jar.out().replaceAll("\\s+", " "))
            .contains("3 missing on replica")
            .contains("stopped at --max-mismatches; 497 keys of the source were not looked at")
            .contains("exit status 1");
      }
      Path run = folder.resolve("results/limited");
      assertThat(Files.readString(run.resolve("run.json")))
          .contains("\"complete\": false", "stopped at --max-mismatches; 497 keys");
      assertThat(Files.readAllLines(run.resolve("mismatches.csv"))).hasSize(4);
      assertThat(Files.readString(run.resolve("summary.csv")))
          .contains("verify,not_looked_at,497,keys");
      assertThat(Files.readString(run.resolve("verify.csv"))).doesNotContain("EQUAL");
    }
  }

  @ParameterizedTest
  @CsvSource({"--db, 5, 4", "--exclude, *, 4", "--types, stream, 4", "--db, 0, 0", "--db, all, 0"})
  void aLibraryOfFunctionsIsNoKeyOfTheScopeThatWasAskedFor(String option, String value, int status)
      throws Exception {
    try (EmbeddedServer source = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
        EmbeddedServer replica = EmbeddedServer.start(TestServers.onPath(), 0, List.of())) {
      for (Endpoint each : List.of(source.endpoint(Side.SOURCE), replica.endpoint(Side.REPLICA))) {
        try (RedisConnection to = RedisConnection.open(each)) {
          to.expect("SET", "key", "v");
          to.expect(
              "FUNCTION",
              "LOAD",
              "#!lua name=l\nredis.register_function('f', function() return 1 end)");
        }
      }
      String[] arguments = {
        "verify",
        "--source",
        source.endpoint(Side.SOURCE).display(),
        "--replica",
        replica.endpoint(Side.REPLICA).display(),
        "--fence",
        "none",
        option,
        value
      };
      try (AnalyzerJar jar = AnalyzerJar.start(folder, Map.of(), arguments)) {
        assertThat(jar.await(Duration.ofSeconds(60))).describedAs(jar.out()).isEqualTo(status);
      }
    }
  }

  @Test
  void aTypeThatNoKeyHasIsWarnedOfForItMayBeMistyped() throws Exception {
    try (StoresAtRest stores = StoresAtRest.start(folder);
        AnalyzerJar jar = stores.verify("--run-id", "r", "--types", "String,strings")) {
      assertThat(jar.await(Duration.ofSeconds(60))).describedAs(jar.err()).isEqualTo(1);
      assertThat(Files.readString(stores.run().resolve("run.json")))
          .contains("--types strings: neither side has a key of that type to compare")
          .doesNotContain("--types string:");
      assertThat(Files.readString(stores.run().resolve("verify.csv")))
          .contains("string,EQUAL," + (StoresAtRest.KEYS - StoresAtRest.MISSING) + ",");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--json", "--quiet"})
  void aResultThatStandardOutputDoesNotTakeIsExitFiveAndEveryFileSaysSo(String form)
      throws Exception {
    List<String> intoFull = List.of("sh", "-c", "exec \"$@\" > /dev/full", "sh");
    Path junit = folder.resolve("junit.xml");
    try (StoresAtRest stores = StoresAtRest.start(folder)) {
      List<String> words = stores.arguments("--run-id", "r", form, "--junit", junit.toString());
      try (AnalyzerJar jar = AnalyzerJar.start(folder, intoFull, List.of(), Map.of(), words)) {
        // There are mismatches too: that nobody got the result goes first.
        assertThat(jar.await(Duration.ofSeconds(60))).describedAs(jar.err()).isEqualTo(5);
        assertThat(jar.err()).contains("the result could not be written to standard output");
        ExitStatusOfFiles.of(stores.run(), Optional.of(junit))
            .areAll(5, "could not be written to standard output");
        assertThat(CsvFiles.read(stores.run().resolve("mismatches.csv")))
            .hasSize(1 + StoresAtRest.MISSING);
      }
    }
  }
}
