package io.syncanalyzer.run.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.syncanalyzer.cli.AnalyzerCli;
import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.embedded.EmbeddedServer;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A rate and a ramp by the built-in engine, as a user asks for them. */
@Timeout(120)
class JmhRampIT {
  private static final CSVFormat CSV =
      CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

  @TempDir Path folder;

  @Test
  void eachStepOfARampIsARowWithItsRateAndTheTimelineTellsThem() throws IOException {
    try (EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of())) {
      run(
          "load --load-engine jmh --ramp 200:600:200:3s --run-id r --quiet",
          List.of("--source", server.endpoint(Side.SOURCE).display()));
    }
    List<CSVRecord> steps = totals();
    assertThat(steps).extracting(row -> row.get("step")).containsExactly("1", "2", "3");
    assertThat(steps)
        .extracting(row -> row.get("asked_ops_per_s"))
        .containsExactly("200", "400", "600");
    for (CSVRecord step : steps) {
      double asked = Double.parseDouble(step.get("asked_ops_per_s"));
      // A step is as long as it was asked for, give or take what a loaded machine begins late.
      assertThat(Long.parseLong(step.get("count")) / 3.0 / asked).isCloseTo(1, within(0.2));
      assertThat(Double.parseDouble(step.get("ops_per_s")) / asked).isCloseTo(1, within(0.05));
      assertThat(step.get("intended_p99_ms")).isNotEmpty();
      assertThat(Double.parseDouble(step.get("intended_max_ms"))).isPositive();
    }
    assertThat(rows("load_timeline.csv"))
        .extracting(row -> row.get("step"))
        .contains("1", "2", "3");
    assertThat(figures())
        .containsKeys("rate_reached", "missed", "step_3_asked_ops_per_s", "step_3_ops_per_s");
  }

  @Test
  void theLagOfEachStepIsToldAsWithMemtiersRamp() throws IOException {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      run(
          "load-and-verify --load-engine jmh --load-types string,hash --ramp 300:900:300:2s"
              + " --warmup 1s --baseline 0s --initial-verify off --sentinel-rate 200"
              + " --run-id r --quiet",
          List.of("--source", pair.source().display(), "--replica", pair.replica().display()));
    }
    assertThat(totals()).extracting(row -> row.get("step")).containsExactly("1", "2", "3");
    for (int step : IntStream.rangeClosed(1, 3).toArray()) {
      List<CSVRecord> lag =
          rows("lag.csv").stream()
              .filter(row -> row.get("step").equals(Integer.toString(step)))
              .filter(row -> row.get("percentile").equals("50"))
              .toList();
      assertThat(lag).as("step %d", step).hasSize(1);
      assertThat(lag.get(0).get("upper_us")).matches("\\d+");
      assertThat(Long.parseLong(lag.get(0).get("samples"))).isBetween(200L, 600L);
    }
    assertThat(rows("lag_timeline.csv")).extracting(row -> row.get("step")).contains("1", "2", "3");
    assertThat(folder.resolve("r/report.html")).content().contains("300", "900");
  }

  @Test
  void aRateIsKeptForAsLongAsWasAskedFor() throws IOException {
    try (EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of())) {
      run(
          "load --load-engine jmh --load-rate 500 --duration 4s --run-id r --quiet",
          List.of("--source", server.endpoint(Side.SOURCE).display()));
    }
    CSVRecord totals = totals().get(0);
    assertThat(totals.get("step")).isEmpty();
    assertThat(totals.get("asked_ops_per_s")).isEqualTo("500");
    assertThat(Double.parseDouble(totals.get("ops_per_s")) / 500).isCloseTo(1, within(0.01));
    assertThat(Long.parseLong(totals.get("count"))).isBetween(1_900L, 2_600L);
    assertThat(figures()).containsEntry("asked_ops_per_s", "500");
  }

  private void run(String words, List<String> more) {
    List<String> all = new ArrayList<>(List.of(words.split(" ", -1)));
    all.addAll(more);
    all.addAll(List.of("--results", folder.toString()));
    assertThat(AnalyzerCli.run(all, System.out, System.err, Map.of())).isZero();
  }

  private List<CSVRecord> totals() throws IOException {
    return rows("load.csv").stream().filter(row -> row.get("command").equals("Totals")).toList();
  }

  private Map<String, String> figures() throws IOException {
    return rows("summary.csv").stream()
        .filter(row -> row.get("phase").equals("load"))
        .collect(
            Collectors.toMap(
                row -> row.get("metric"), row -> Objects.requireNonNull(row.get("value"))));
  }

  private List<CSVRecord> rows(String file) throws IOException {
    try (CSVParser parser = CSV.parse(Files.newBufferedReader(folder.resolve("r").resolve(file)))) {
      return parser.getRecords();
    }
  }
}
