package io.syncanalyzer.insert;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.insert.fork.JmhOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class JmhPassThroughIT {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "LoadWrites, types=bag, -p types: no sentinel type `bag`",
    "LoadWrites, depth=0, -p depth: 0 is not in 1..10000"
  })
  void aValueThatIsFoundToBeWrongInTheForkIsWrongUsageAndOneLine(
      String benchmark, String given, String told) throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      Said said = jmh(benchmark, "-f", "1", "-p", given, "-p", "source=" + pair.source().display());
      assertThat(said.outcome()).isEqualTo(JmhOutcome.USAGE);
      assertThat(said.err()).contains(told).hasLineCount(1);
      assertThat(said.out()).contains("<failure>").doesNotContain("\tat ");
    }
  }

  @Test
  void whatTheSourceRefusesIsNoResult() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      Said said =
          jmh(
              "LoadWrites",
              "-f",
              "1",
              "-wi",
              "0",
              "-i",
              "1",
              "-r",
              "100ms",
              "-p",
              "source=" + pair.replica().display());
      assertThat(said.outcome()).isEqualTo(JmhOutcome.FAILED);
      assertThat(said.err()).contains("refused every command").contains("READONLY").hasLineCount(1);
      assertThat(said.out()).doesNotContain("\tat ");
    }
  }

  @Test
  void aBenchmarkOfOurOwnStartsTheServersThatItNeeds() throws Exception {
    Path json = folder.resolve("verify.json");
    Said said =
        jmh(
            "VerifyBenchmark",
            "-f",
            "1",
            "-p",
            "keys=1000",
            "-rf",
            "json",
            "-rff",
            json.toString());
    assertThat(said.outcome()).as(said.out() + said.err()).isEqualTo(JmhOutcome.DONE);
    assertThat(said.out()).contains("1200 keys equal");
    assertThat(only(json).getAsJsonObject("primaryMetric").get("score").getAsDouble()).isPositive();
  }

  @Test
  void theInsertersRunByThemselvesWithAProfiler() throws Exception {
    Path json = folder.resolve("sentinels.json");
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      Said said =
          jmh(
              "SentinelWrites",
              "-f",
              "1",
              "-wi",
              "0",
              "-i",
              "1",
              "-r",
              "1s",
              "-prof",
              "gc",
              "-foe",
              "true",
              "-p",
              "rate=300",
              "-p",
              "source=" + pair.source().display(),
              "-p",
              "replica=" + pair.replica().display(),
              "-rf",
              "json",
              "-rff",
              json.toString());
      assertThat(said.outcome()).as(said.out() + said.err()).isEqualTo(JmhOutcome.DONE);
    }
    JsonObject result = only(json);
    assertThat(result.getAsJsonObject("primaryMetric").get("score").getAsDouble()).isPositive();
    assertThat(result.getAsJsonObject("secondaryMetrics").keySet())
        .contains("hash", "list", "set", "stream", "string", "zset", "gc.alloc.rate");
  }

  @Test
  void theLoadRunsByItself() throws Exception {
    Path json = folder.resolve("load.json");
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      Said said =
          jmh(
              "LoadWrites",
              "-f",
              "1",
              "-wi",
              "0",
              "-i",
              "1",
              "-r",
              "1s",
              "-t",
              "2",
              "-foe",
              "true",
              "-p",
              "types=string+zset",
              "-p",
              "depth=4",
              "-p",
              "source=" + pair.source().display(),
              "-rf",
              "json",
              "-rff",
              json.toString());
      assertThat(said.outcome()).as(said.out() + said.err()).isEqualTo(JmhOutcome.DONE);
    }
    assertThat(only(json).getAsJsonObject("primaryMetric").get("score").getAsDouble())
        .isGreaterThan(100);
  }

  private static JsonObject only(Path json) throws Exception {
    JsonArray results = JsonParser.parseString(Files.readString(json)).getAsJsonArray();
    assertThat(results).hasSize(1);
    return results.get(0).getAsJsonObject();
  }

  private static Said jmh(String... arguments) {
    return Said.byJmh(arguments);
  }
}
