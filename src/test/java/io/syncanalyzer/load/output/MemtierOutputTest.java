package io.syncanalyzer.load.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.syncanalyzer.load.Fixtures;
import io.syncanalyzer.load.output.MemtierOutput.Part;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every recorded run, of every version, as the phase reads it. */
class MemtierOutputTest {
  @ParameterizedTest
  @CsvSource({
    "1.3.0, 90329.74, 0.44, , 6652.99",
    "1.4.0, 94765.24, 0.4209, 284352, 6981.57",
    "2.0.0, 98812.64, 0.40327, 296780, 7280.44",
    "2.1.4, 76708.99, 0.51932, 230172, 5651.29",
    "2.3.1, 84458.95, 0.47182, 253456, 6222.64",
    "main-2026-05-06, 107773.31, 0.36919, 323580, 8065.64"
  })
  void theTotalsOfEachVersionAreItsTables(
      String version, double ops, double avg, Long count, double kb) {
    MemtierOutput output = Fixtures.output(version, "set-get");
    Part totals = output.totals().orElseThrow();

    assertThat(totals.opsPerS()).isEqualTo(ops);
    assertThat(totals.avgMs()).isEqualTo(avg);
    assertThat(totals.kbPerS()).isCloseTo(kb, within(0.02));
    // 1.3.0 counts nothing in its report; the progress line does.
    assertThat(totals.count()).hasValue(count == null ? 270_996 : count);
    assertThat(output.commands()).extracting(Part::command).containsExactly("SET", "GET");
    assertThat(output.truncated()).isFalse();
    assertThat(output.interrupted()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.4.0", "2.0.0", "2.1.4", "2.3.1", "main-2026-05-06"})
  void percentilesOfTheHistogramAgreeWithThoseThatWerePrinted(String version) {
    MemtierTable table = MemtierTable.parse(Fixtures.text(version, "set-get.txt").lines().toList());
    Part set = Fixtures.output(version, "set-get").commands().get(0);

    assertThat(set.histogram()).isPresent();
    assertThat(set.histogram().get().getTotalCount()).isEqualTo(set.count().orElseThrow());
    assertThat(set.p50Ms()).isEqualTo(table.percentile("Sets", 50));
    assertThat(set.p99Ms()).isEqualTo(table.percentile("Sets", 99));
    assertThat(set.p999Ms()).isEqualTo(table.percentile("Sets", 99.9));
    // 90 was not printed; the histogram knows it.
    assertThat(table.percentile("Sets", 90)).isNaN();
    assertThat(set.p90Ms()).isBetween(set.p50Ms(), set.p99Ms());
    assertThat(set.maxMs()).isGreaterThanOrEqualTo(set.p999Ms());
  }

  @Test
  void aVersionWithoutHistogramsHasThePercentilesOfItsDistribution() {
    Part set = Fixtures.output("1.3.0", "set-get").commands().get(0);

    assertThat(set.histogram()).isEmpty();
    assertThat(set.p50Ms()).isBetween(0.1, 1.0);
    assertThat(set.p99Ms()).isBetween(set.p50Ms(), 10.0);
    assertThat(set.p999Ms()).isEqualTo(7.6);
    assertThat(set.count()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.4.0", "2.0.0", "2.1.4", "2.3.1", "main-2026-05-06"})
  void theSeriesAddsUpToTheCount(String version) {
    MemtierOutput output = Fixtures.output(version, "set-get");

    assertThat(output.series())
        .extracting(MemtierJson.Second::second)
        .containsExactly(0L, 1L, 2L, 3L);
    assertThat(output.series().stream().mapToLong(MemtierJson.Second::count).sum())
        .isEqualTo(output.totals().orElseThrow().count().orElseThrow());
    assertThat(output.series().get(0).p99Ms()).isPositive();
  }

  @Test
  void aVersionWithoutASeriesHasThatOfItsProgressLines() {
    List<MemtierJson.Second> series = Fixtures.output("1.3.0", "set-get").series();

    assertThat(series).extracting(MemtierJson.Second::second).containsExactly(0L, 1L, 2L);
    assertThat(series)
        .extracting(MemtierJson.Second::count)
        .containsExactly(93_424L, 114_904L, 62_668L);
  }

  @Test
  void arbitraryCommandsAreNamedAsTheSourceKnowsThem() {
    MemtierOutput output = Fixtures.output("2.3.1", "types");

    assertThat(output.commands())
        .extracting(Part::command)
        .containsExactly("SET", "HSET", "RPUSH", "SADD", "ZADD");
    // memtier counts 2749.84 KB/s in all, twice what its rows add up to.
    assertThat(output.totals().orElseThrow().kbPerS()).isCloseTo(1374.92, within(0.05));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.3.0", "1.4.0", "2.0.0", "2.1.4", "2.3.1", "main-2026-05-06"})
  void aClosedPortIsNoOperationAndNoLatencyWhateverTheTableSays(String version) {
    MemtierOutput output = Fixtures.output(version, "refused");
    Part totals = output.totals().orElseThrow();

    assertThat(output.commands()).isEmpty();
    assertThat(totals.count().orElse(0)).isZero();
    assertThat(totals.avgMs()).isNaN();
    assertThat(totals.p50Ms()).isNaN();
    assertThat(totals.p99Ms()).isNaN();
    assertThat(Cause.ofResult(0, Fixtures.stderr(version, "refused"), output))
        .contains("memtier_benchmark did no operation at all: Connection refused");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.1.4", "2.3.1", "main-2026-05-06"})
  void errorRepliesAreCountedThoughMemtierCallsThemOperations(String version) {
    MemtierOutput output = Fixtures.output(version, "readonly");
    StderrReading stderr = Fixtures.stderr(version, "readonly");

    assertThat(output.totals().orElseThrow().count()).hasValue(200);
    assertThat(stderr.errorReplies()).containsOnlyKeys("READONLY").containsEntry("READONLY", 200L);
    assertThat(Cause.ofResult(0, stderr, output).orElseThrow())
        .startsWith("the source answered with errors: 200 READONLY")
        .contains("it is a read-only replica; point --source at its source");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.1.4", "2.3.1"})
  void ofRepeatedRunsTheAverageIsReadAndThePercentilesInAllTheirColumns(String version) {
    MemtierTable table = MemtierTable.parse(Fixtures.text(version, "runs2.txt").lines().toList());
    MemtierOutput output = Fixtures.output(version, "runs2");

    assertThat(table.title()).isEqualTo("AGGREGATED AVERAGE RESULTS (2 runs)");
    assertThat(table.rows().get("Totals"))
        .containsKeys("p90 Latency", "p95 Latency", "p99.9 Latency", "p99.990 Latency", "KB/sec");
    assertThat(table.percentile("Totals", 99.99)).isPositive();
    assertThat(output.totals().orElseThrow().opsPerS()).isEqualTo(table.cell("Totals", "Ops/sec"));
    // memtier adds the counts of the runs up, while it averages their rates.
    assertThat(output.totals().orElseThrow().count().orElseThrow())
        .isEqualTo(Fixtures.stderr(version, "runs2").operations());
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.3.1", "main-2026-05-06"})
  void anInterruptedRunSaysSoAndKeepsItsFigures(String version) {
    MemtierOutput output = Fixtures.output(version, "sigint");

    assertThat(output.interrupted()).isTrue();
    assertThat(output.totals().orElseThrow().count().orElseThrow()).isPositive();
    assertThat(Cause.ofResult(0, Fixtures.stderr(version, "sigint"), output))
        .contains("memtier_benchmark was interrupted from outside");
  }

  /** Its totals of KB/s are twice what its rows add up to, as those of 2.3.1 are. */
  @Test
  void sixCommandsOfTheMainBranchAreNamedAndTheirTrafficCountedOnce() {
    MemtierOutput output = Fixtures.output("main-2026-05-06", "types");

    assertThat(output.commands())
        .extracting(Part::command)
        .containsExactly("SET", "HSET", "RPUSH", "SADD", "ZADD", "XADD");
    assertThat(output.totals().orElseThrow().kbPerS()).isCloseTo(1779.77, within(0.05));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.3.0", "1.4.0", "2.0.0", "2.1.4"})
  void aProfileThatTheVersionRefusesIsSaidInItsOwnWords(String version) {
    StderrReading stderr = Fixtures.stderr(version, "types");
    MemtierOutput output = Fixtures.output(version, "types");

    assertThat(output.totals()).isEmpty();
    assertThat(Cause.ofResult(1, stderr, output))
        .contains(
            "memtier_benchmark refused its options: error: key placeholder can't combined with"
                + " other data");
  }

  @Test
  void whereTextAndJsonDisagreeThatIsSaidAndTheTextCounts() {
    MemtierOutput output = Fixtures.output("2.1.4", "set-get");

    assertThat(output.warnings())
        .singleElement()
        .asString()
        .contains("Totals average latency 0.519 in the text, 0.000 in the JSON");
    assertThat(Fixtures.output("2.3.1", "set-get").warnings()).isEmpty();
    assertThat(Fixtures.output("1.4.0", "set-get").warnings()).isEmpty();
  }

  @Test
  void aRateOverAWrongDurationIsCorrectedAndThatIsSaid() throws IOException {
    MemtierTable table =
        MemtierTable.parse(table("Sets  4019.80  0.5  10.0", "Totals  4019.80  0.5  10.0"));
    MemtierJson json =
        json(
            "{\"ALL STATS\":{\"Runtime\":{\"Total duration\":1005},\"Sets\":{\"Count\":4040,"
                + "\"Ops/sec\":4019.80},\"Totals\":{\"Count\":4040,\"Ops/sec\":4019.80}}}");
    StderrReading stderr = new StderrReading();
    stderr.line(
        "[RUN #1 100%,   2 secs]  0 threads 10 conns:        4040 ops,    1999 (avg:    2015)"
            + " ops/sec, 299.63KB/sec (avg: 302.03KB/sec),  0.55 (avg:  0.55) msec latency");

    MemtierOutput output = MemtierOutput.merge(table, json, stderr);

    assertThat(output.totals().orElseThrow().opsPerS()).isCloseTo(2015, within(0.01));
    assertThat(output.commands().get(0).kbPerS()).isCloseTo(5.01, within(0.01));
    assertThat(output.runtimeMillis()).isCloseTo(2005, within(1.0));
    assertThat(output.warnings())
        .singleElement()
        .asString()
        .contains("1.99 times too high", "by 1.005 s", "they took 2.005 s");
  }

  @Test
  void notANumberIsUnknownWhereverItStands() throws IOException {
    MemtierTable table = MemtierTable.parse(table("Totals  0.00  -nan  0.00"));
    MemtierJson json =
        json(
            "{\"ALL STATS\":{\"Totals\":{\"Count\":0,\"Ops/sec\":0.00,\"Average Latency\":-nan,"
                + "\"KB/sec\":nan,\"Max Latency\":1.5}}}");

    MemtierOutput output = MemtierOutput.merge(table, json, new StderrReading());

    assertThat(json.number("Totals", "Average Latency")).isNaN();
    assertThat(json.number("Totals", "Max Latency")).isEqualTo(1.5);
    assertThat(json.truncated()).isFalse();
    assertThat(output.totals().orElseThrow().avgMs()).isNaN();
  }

  @Test
  void ofAKeyThatIsThereTwiceTheFirstCounts() throws IOException {
    MemtierJson json =
        json("{\"ALL STATS\":{\"Totals\":{\"Ops/sec\":7.0,\"Count\":3,\"Count\":9}}}");

    assertThat(json.count("Totals", "Count")).hasValue(3);
    assertThat(json.truncated()).isFalse();
  }

  @Test
  void halfAJsonGivesWhatCameBeforeTheCut() throws IOException {
    String whole = Fixtures.text("2.3.1", "set-get.json");
    MemtierJson half = json(whole.substring(0, whole.length() / 4));

    assertThat(half.truncated()).isTrue();
    assertThat(half.count("Sets", "Count")).hasValue(126_728);
    for (int length = 0; length < 4000; length += 37) {
      assertThat(json(whole.substring(0, length)).truncated()).isTrue();
    }
  }

  @Test
  void whatIsNoJsonGivesNothing() throws IOException {
    assertThat(json("").truncated()).isTrue();
    assertThat(json("usage: something else").stats()).isEmpty();
    assertThat(json("[1,2]").stats()).isEmpty();
    assertThat(json("{\"ALL STATS\":3}").rows()).isEmpty();
  }

  @Test
  void aHistogramThatCannotBeReadIsNone() throws IOException {
    for (String packed : List.of("HISTFAAAA", "not base64!", "AAAA", "")) {
      MemtierJson json =
          json(
              "{\"ALL STATS\":{\"Sets\":{\"Ops/sec\":1,\"Percentile Latencies\":{\"Histogram log"
                  + " format\":{\"Compressed Histogram\":\""
                  + packed
                  + "\"}}}}}");
      assertThat(json.histogram("Sets")).isEmpty();
    }
  }

  @Test
  void clusterColumnsAreReadByTheirNames() {
    MemtierTable table =
        MemtierTable.parse(
            List.of(
                "ALL STATS",
                "======================================",
                "Type  Ops/sec  Hits/sec  Misses/sec  MOVED/sec  ASK/sec  Avg. Latency  p50 Latency"
                    + " p99.990 Latency  KB/sec",
                "--------------------------------------",
                "Sets  10.00  ---  ---  1.50  0.25  0.7  0.5  0.9  3.1",
                ""));

    assertThat(table.cell("Sets", "MOVED/sec")).isEqualTo(1.5);
    assertThat(table.cell("Sets", "Hits/sec")).isNaN();
    assertThat(table.cell("Sets", "Avg. Latency")).isEqualTo(0.7);
    assertThat(table.percentile("Sets", 99.99)).isEqualTo(0.9);
    assertThat(table.cell("Sets", "KB/sec")).isEqualTo(3.1);
    assertThat(table.cell("Gets", "KB/sec")).isNaN();
  }

  @Test
  void whatAClustersNodesTurnedAwayIsNotDone() throws IOException {
    MemtierOutput output =
        MemtierOutput.merge(
            MemtierTable.parse(
                List.of(
                    "ALL STATS",
                    "==========================",
                    "Type  Ops/sec  MOVED/sec  ASK/sec  Avg. Latency  KB/sec",
                    "-------------------------------",
                    "Sets   100.00  60.00  10.00  0.5  9.0",
                    "Hsets   50.00   0.00   0.00  0.5  9.0",
                    "Totals 150.00   0.00   0.00  0.5 18.0",
                    "")),
            json(
                "{\"ALL STATS\":{\"Sets\":{\"Count\":1000,\"Ops/sec\":100.00},"
                    + "\"Hsets\":{\"Count\":500,\"Ops/sec\":50.00},"
                    + "\"Totals\":{\"Count\":1500,\"Ops/sec\":150.00}}}"),
            new StderrReading());

    assertThat(output.turnedAway()).containsExactly(Map.entry("SET", new TurnedAway(600, 100)));
    Part set = output.commands().get(0);
    assertThat(set.count()).hasValue(300);
    assertThat(set.opsPerS()).isEqualTo(30);
    assertThat(output.commands().get(1).count()).hasValue(500);
    Part totals = output.totals().orElseThrow();
    assertThat(totals.count()).hasValue(800);
    assertThat(totals.opsPerS()).isEqualTo(80);
  }

  @Test
  void inClusterModeTheAverageOfAllIsCutInTheJsonAlone() throws IOException {
    MemtierTable table =
        MemtierTable.parse(
            List.of(
                "ALL STATS",
                "==========================",
                "Type  Ops/sec  MOVED/sec  ASK/sec  Avg. Latency  KB/sec",
                "-------------------------------",
                "Totals 150.00   0.00   0.00  5.658 18.0",
                ""));
    for (String[] told : new String[][] {{"5.0", "true"}, {"5.1", "false"}, {"7.0", "false"}}) {
      MemtierJson json =
          json(
              "{\"ALL STATS\":{\"Totals\":{\"Count\":1500,\"Ops/sec\":150.00,"
                  + "\"KB/sec\":18.0,\"Average Latency\":"
                  + told[0]
                  + "}}}");
      assertThat(new Disagreements(table, json).lines().isEmpty())
          .as(told[0])
          .isEqualTo(Boolean.parseBoolean(told[1]));
    }
  }

  @Test
  void aLoadOfWhichAllWasTurnedAwayDidNothing() throws IOException {
    MemtierOutput output =
        MemtierOutput.merge(
            MemtierTable.parse(List.of()),
            json(
                "{\"ALL STATS\":{\"Sets\":{\"Count\":10,\"Ops/sec\":1.00,\"MOVED/sec\":1.00},"
                    + "\"Totals\":{\"Count\":10,\"Ops/sec\":1.00}}}"),
            new StderrReading());

    assertThat(Cause.ofResult(0, new StderrReading(), output).orElseThrow())
        .contains("did no operation at all");
  }

  @Test
  void aProcessThatWasKilledLeavesWhatItsProgressTold() {
    StderrReading stderr = new StderrReading();
    stderr.line(
        "[RUN #1 10%,   2 secs]  1 threads:       35091 ops,   16605 (avg:   17543) ops/sec,"
            + " 1.25MB/sec (avg: 1.32MB/sec),  0.12 (avg:  0.11) msec latency");

    Part totals =
        MemtierOutput.merge(
                MemtierTable.parse(List.of()),
                new MemtierJson(java.util.Map.of(), "", true),
                stderr)
            .totals()
            .orElseThrow();

    assertThat(totals.count()).isEqualTo(OptionalLong.of(35_091));
    assertThat(totals.opsPerS()).isEqualTo(17_543);
    assertThat(totals.avgMs()).isEqualTo(0.11);
    assertThat(totals.p99Ms()).isNaN();
  }

  private static MemtierJson json(String text) throws IOException {
    return MemtierJson.parse(new StringReader(text));
  }

  private static List<String> table(String... rows) {
    List<String> lines =
        new java.util.ArrayList<>(
            List.of(
                "ALL STATS",
                "==========================",
                "Type  Ops/sec  Avg. Latency  KB/sec",
                "-------------------------------"));
    lines.addAll(List.of(rows));
    return lines;
  }

  @Test
  void manyReportsThatSayTheSameOfThemselvesAreOneLineEach() {
    assertThat(
            Disagreements.onceEach(
                List.of(
                    "memtier's table is 1.50 times too high",
                    "memtier's text and JSON disagree: SET Ops/sec 1.000 in the text",
                    "memtier's table is 1.10 times too low",
                    "memtier's table is 2.00 times too low")))
        .containsExactly(
            "memtier's table is 1.50 times too high; and so in 2 more of its reports",
            "memtier's text and JSON disagree: SET Ops/sec 1.000 in the text");
  }
}
