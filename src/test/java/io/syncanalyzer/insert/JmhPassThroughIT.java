package io.syncanalyzer.insert;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.embedded.TestServers;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JmhPassThroughIT {
  @TempDir Path folder;

  @Test
  void itListsOurBenchmarks() {
    Said said = jmh("-l");
    assertThat(said.status).isZero();
    assertThat(said.out)
        .contains("io.syncanalyzer.insert.SentinelWrites.sentinels")
        .contains("io.syncanalyzer.insert.LoadWrites.pipeline");
    assertThat(jmh("-lp").out).contains("param \"replica\"");
    assertThat(jmh("-h").out).contains("-wi <int>");
  }

  @Test
  void whatJmhDoesNotUnderstandIsStatusTwoAndOneLine() {
    Said said = jmh("--no-such-option");
    assertThat(said.status).isEqualTo(2);
    assertThat(said.err).contains("no-such-option").contains("jmh -h").hasLineCount(1);
    assertThat(jmh("NoSuchBenchmark").status).isEqualTo(2);
    assertThat(jmh("NoSuchBenchmark").err).contains("no benchmark matches").hasLineCount(1);
  }

  @Test
  void aBenchmarkThatCannotConnectIsStatusOne() {
    Said said =
        jmh("LoadWrites", "-f", "0", "-foe", "true", "-t", "1", "-p", "source=redis://127.0.0.1:1");
    assertThat(said.status).isEqualTo(1);
    assertThat(said.err).contains("jmh: ");
    assertThat(said.out).contains("127.0.0.1:1");
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
      assertThat(said.status).as(said.out).isZero();
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
      assertThat(said.status).as(said.out).isZero();
    }
    assertThat(only(json).getAsJsonObject("primaryMetric").get("score").getAsDouble())
        .isGreaterThan(100);
  }

  private static JsonObject only(Path json) throws Exception {
    JsonArray results = JsonParser.parseString(Files.readString(json)).getAsJsonArray();
    assertThat(results).hasSize(1);
    return results.get(0).getAsJsonObject();
  }

  private record Said(int status, String out, String err) {}

  private static Said jmh(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      int status =
          JmhPassThrough.run(new PrintStream(err, true, StandardCharsets.UTF_8), arguments);
      return new Said(
          status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(before);
    }
  }
}
