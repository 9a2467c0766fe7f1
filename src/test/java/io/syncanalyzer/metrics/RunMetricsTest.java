package io.syncanalyzer.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.probe.LagRows;
import io.syncanalyzer.result.lag.FullSecond;
import io.syncanalyzer.result.lag.LagAccounting;
import io.syncanalyzer.result.lag.LagSecond;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.result.verify.VerifyReport;
import io.syncanalyzer.result.verify.VerifyRow;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is served of what a run tells. */
class RunMetricsTest {
  private MetricsServer server;
  private Metrics metrics;

  @BeforeEach
  void open() {
    server = MetricsServer.open("127.0.0.1", 0);
    metrics = server.metrics();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private OptionalDouble value(String series) {
    return Scrape.of(server).exactly(series);
  }

  @Test
  void nothingIsServedOfWhatNobodyHasToldYet() {
    metrics.begins();
    assertThat(Scrape.of(server).lines()).isEmpty();
    metrics.phase("preflight");
    assertThat(Scrape.of(server).lines())
        .contains("analyzer_run_phase{phase=\"preflight\"} 1.0")
        .allMatch(line -> line.contains("analyzer_run_phase"));
  }

  @Test
  void onePartOfTheRunGoesOn() {
    metrics.phase("load");
    metrics.phase("drain");
    assertThat(value("run_phase{phase=\"load\"}")).hasValue(0);
    assertThat(value("run_phase{phase=\"drain\"}")).hasValue(1);
  }

  @Test
  void aSecondOfLagIsServedWithBothBoundsAndItsCounts() {
    metrics.second(FullSeconds.of(FullSeconds.row(), 90_000, 40_000, 5), false);

    assertThat(value("lag_upper_seconds_bucket{replica=\"r:1\",le=\"5.0E-5\"}")).hasValue(0);
    assertThat(value("lag_upper_seconds_bucket{replica=\"r:1\",le=\"1.0E-4\"}")).hasValue(5);
    assertThat(value("lag_lower_seconds_bucket{replica=\"r:1\",le=\"5.0E-5\"}")).hasValue(5);
    assertThat(value("sentinels_scheduled_total{replica=\"r:1\"}")).hasValue(10);
    assertThat(value("sentinels_sent_total{replica=\"r:1\"}")).hasValue(10);
    assertThat(value("sentinels_write_failed_total{replica=\"r:1\"}")).hasValue(1);
    assertThat(value("sentinels_write_unknown_total{replica=\"r:1\"}")).hasValue(2);
    assertThat(value("sentinels_observed_total{replica=\"r:1\"}")).hasValue(5);
    assertThat(value("sentinels_censored_total{replica=\"r:1\"}")).hasValue(3);
    assertThat(value("full_resyncs_total{replica=\"r:1\"}")).hasValue(1);
    assertThat(value("offset_gap_bytes{replica=\"r:1\"}")).hasValue(77);
    assertThat(value("probe_pause_seconds{replica=\"r:1\"}")).hasValue(0.002);
    assertThat(Scrape.of(server).text()).doesNotContain("shard");
  }

  @Test
  void aMinuteOfLagFallsIntoTheLastBucket() {
    metrics.second(FullSeconds.of(FullSeconds.row(), 60_000_000_000L, 59_000_000_000L, 1), false);
    assertThat(value("lag_upper_seconds_bucket{replica=\"r:1\",le=\"30.0\"}")).hasValue(0);
    assertThat(value("lag_upper_seconds_bucket{replica=\"r:1\",le=\"60.0\"}")).hasValue(1);
  }

  @Test
  void anOffsetGapThatIsHiddenIsNotServed() {
    metrics.second(FullSeconds.of(FullSeconds.row(), 90_000, 40_000, 5), false);
    LagSecond hidden = LagRows.second(1, 5L, null, 0, 0, 0, true, 0, true);
    metrics.second(FullSeconds.of(hidden, 90_000, 40_000, 5), false);
    assertThat(Scrape.of(server).value("offset_gap_bytes")).isEmpty();
    assertThat(value("sentinels_observed_total{replica=\"r:1\"}")).hasValue(10);
  }

  @Test
  void eachShardHasALabelOfItsOwnWhereThereAreSeveral() {
    metrics.second(FullSeconds.of(FullSeconds.row().ofShard("s:1"), 90_000, 40_000, 5), true);
    metrics.second(FullSeconds.of(FullSeconds.row().ofShard("s:2"), 90_000, 40_000, 7), true);
    assertThat(value("lag_upper_seconds_count{replica=\"r:1\",shard=\"s:1\"}")).hasValue(5);
    assertThat(value("lag_upper_seconds_count{replica=\"r:1\",shard=\"s:2\"}")).hasValue(7);
  }

  @Test
  void whatBecameOfAllAddsUpAtTheEnd() {
    metrics.second(FullSeconds.of(FullSeconds.row(), 90_000, 40_000, 5), false);
    metrics.accounted("r:1", accounting(null));
    assertThat(value("sentinels_scheduled_total{replica=\"r:1\"}")).hasValue(20);
    assertThat(value("sentinels_write_failed_total{replica=\"r:1\"}")).hasValue(4);
    assertThat(value("sentinels_write_unknown_total{replica=\"r:1\"}")).hasValue(3);
    assertThat(value("sentinels_observed_total{replica=\"r:1\"}")).hasValue(8);
    assertThat(value("sentinels_censored_total{replica=\"r:1\"}")).hasValue(5);
    assertThat(value("sentinels_outstanding{replica=\"r:1\"}")).hasValue(0);
  }

  @Test
  void theSumOfAllShardsIsNobodysLabel() {
    metrics.second(FullSeconds.of(FullSeconds.row().ofShard("s:1"), 90_000, 40_000, 5), true);
    metrics.accounted("r:1", accounting(null));
    metrics.accounted("r:1", accounting("s:1"));
    assertThat(value("sentinels_scheduled_total{replica=\"r:1\",shard=\"s:1\"}")).hasValue(20);
    assertThat(Scrape.of(server).text()).doesNotContain("shard=\"\"");
  }

  @Test
  void theAccountingOfEachShardIsItsOwnReplicas() {
    for (String number : List.of("1", "2")) {
      LagSecond row = FullSeconds.row().ofShard("s:" + number);
      metrics.second(FullSeconds.of("r:" + number, row, 90_000, 40_000, 5), true);
    }
    metrics.accounted("r:1", accounting("s:1"));
    metrics.accounted("r:2", accounting("s:2"));
    for (String whose :
        List.of("{replica=\"r:1\",shard=\"s:1\"}", "{replica=\"r:2\",shard=\"s:2\"}")) {
      assertThat(value("sentinels_scheduled_total" + whose)).hasValue(20);
      assertThat(value("sentinels_write_failed_total" + whose)).hasValue(4);
      assertThat(value("sentinels_write_unknown_total" + whose)).hasValue(3);
      assertThat(value("sentinels_observed_total" + whose)).hasValue(8);
      assertThat(value("sentinels_censored_total" + whose)).hasValue(5);
      assertThat(value("sentinels_outstanding" + whose)).hasValue(0);
    }
  }

  private static LagAccounting accounting(@Nullable String shard) {
    return new LagAccounting("load", 20, 4, 3, 8, 5, 0, 0, 3L, 0L, null, 0L, shard, null);
  }

  @Test
  void aComparisonIsServedAsFarAsItIs() {
    metrics.compares();
    assertThat(Scrape.of(server).value("verify_keys_scanned")).isEmpty();
    metrics.compared(new KeysSoFar(5, null, 4, 2, Map.of()));

    assertThat(value("verify_keys_scanned")).hasValue(5);
    assertThat(value("verify_keys_expected")).isEmpty();
    assertThat(value("verify_keys_compared")).hasValue(4);
    assertThat(value("verify_suspects")).hasValue(2);
    assertThat(value("verify_mismatches{verdict=\"VALUE_DIFFERS\"}")).hasValue(0);
    assertThat(value("verify_unsettled")).hasValue(0);
    assertThat(value("verify_equal")).isEmpty();
    assertThat(value("verify_complete")).isEmpty();

    metrics.compared(new KeysSoFar(6, 10L, 5, 0, Map.of(KeyVerdict.VALUE_DIFFERS, 1L)));
    assertThat(value("verify_keys_expected")).hasValue(10);
    assertThat(value("verify_mismatches{verdict=\"VALUE_DIFFERS\"}")).hasValue(1);
    assertThat(value("verify_equal")).hasValue(0);
    assertThat(value("verify_complete")).isEmpty();
  }

  @Test
  void allThatWasAskedForAndIsEqualIsServedAsThat() {
    metrics.compares();
    metrics.verified(report(null, new VerifyRow("string", KeyVerdict.EQUAL, 3, 3L, 3L)));
    assertThat(value("verify_equal")).hasValue(1);
    assertThat(value("verify_complete")).hasValue(1);
    assertThat(value("verify_keys_compared")).hasValue(3);
  }

  @Test
  void aPassThatIsOverHasPassedOverAllWhateverItToldLast() {
    VerifyRow equal = new VerifyRow("s", KeyVerdict.EQUAL, 3, 3L, 3L);
    metrics.compares();
    metrics.compared(new KeysSoFar(5, 10L, 5, 0, Map.of()));
    metrics.verified(report(null, equal));
    assertThat(value("verify_keys_scanned")).hasValue(10);
    assertThat(value("verify_keys_expected")).hasValue(10);

    metrics.compares();
    metrics.compared(new KeysSoFar(12, 10L, 5, 0, Map.of()));
    metrics.verified(report(null, equal));
    assertThat(value("verify_keys_scanned")).hasValue(12);
    assertThat(value("verify_keys_expected")).hasValue(12);

    metrics.compares();
    metrics.compared(new KeysSoFar(5, null, 5, 0, Map.of()));
    metrics.verified(report(null, equal));
    assertThat(value("verify_keys_scanned")).isEmpty();
    assertThat(value("verify_keys_expected")).isEmpty();

    metrics.compares();
    metrics.verified(report(null, equal));
    assertThat(value("verify_keys_scanned")).isEmpty();

    metrics.compares();
    metrics.compared(new KeysSoFar(5, 10L, 5, 0, Map.of()));
    metrics.verified(report("a server was lost", equal));
    assertThat(value("verify_keys_scanned")).hasValue(5);
    assertThat(value("verify_keys_expected")).hasValue(10);
  }

  @Test
  void aDifferenceThatDidNotStandIsNoneInTheEnd() {
    VerifyRow equal = new VerifyRow("s", KeyVerdict.EQUAL, 3, 3L, 3L);
    KeysSoFar differs = new KeysSoFar(3, 3L, 3, 0, Map.of(KeyVerdict.VALUE_DIFFERS, 1L));
    metrics.compares();
    metrics.compared(differs);
    assertThat(value("verify_equal")).hasValue(0);
    metrics.verified(report("a server was lost", equal));
    assertThat(value("verify_equal")).isEmpty();

    metrics.compares();
    metrics.compared(differs);
    metrics.verified(report(null, equal));
    assertThat(value("verify_equal")).hasValue(1);
  }

  @Test
  void whatIsNotProvedIsNeitherEqualNorDifferent() {
    metrics.compares();
    metrics.verified(report("a server was lost", new VerifyRow("s", KeyVerdict.EQUAL, 3, 3L, 3L)));
    assertThat(value("verify_equal")).isEmpty();
    assertThat(value("verify_complete")).hasValue(0);

    metrics.compares();
    metrics.verified(report(null, new VerifyRow("s", KeyVerdict.UNSETTLED, 3, 3L, 3L)));
    assertThat(value("verify_equal")).isEmpty();
    assertThat(value("verify_unsettled")).hasValue(3);

    metrics.compares();
    metrics.verified(report(null, new VerifyRow("s", KeyVerdict.UNREADABLE, 2, null, null)));
    assertThat(value("verify_equal")).isEmpty();
    assertThat(value("verify_unreadable")).hasValue(2);
  }

  @Test
  void whatDiffersIsCountedByItsVerdictLibrariesOfFunctionsToo() {
    metrics.compares();
    metrics.verified(
        report(
            null,
            new VerifyRow("string", KeyVerdict.VALUE_DIFFERS, 2, 2L, 2L),
            new VerifyRow("hash", KeyVerdict.VALUE_DIFFERS, 3, 2L, 2L),
            new VerifyRow(VerifyRow.FUNCTION, KeyVerdict.MISSING_ON_REPLICA, 1, null, null)));
    assertThat(value("verify_mismatches{verdict=\"VALUE_DIFFERS\"}")).hasValue(5);
    assertThat(value("verify_mismatches{verdict=\"MISSING_ON_REPLICA\"}")).hasValue(1);
    assertThat(value("verify_mismatches{verdict=\"TYPE_DIFFERS\"}")).hasValue(0);
    assertThat(value("verify_equal")).hasValue(0);
  }

  @Test
  void aRunSaysHowItEnds() {
    metrics.ended(4, false);
    assertThat(value("run_exit_status")).hasValue(4);
    assertThat(value("run_complete")).hasValue(0);
    // The result was lost after all had been written.
    metrics.ended(5, false);
    assertThat(value("run_exit_status")).hasValue(5);
  }

  @Test
  void theNextRunBeginsAnew() {
    metrics.second(FullSeconds.of(FullSeconds.row(), 90_000, 40_000, 5), false);
    metrics.compares();
    metrics.compared(new KeysSoFar(5, null, 4, 2, Map.of()));
    metrics.ended(0, true);
    metrics.begins();
    assertThat(Scrape.of(server).lines()).isEmpty();
    FullSecond next = FullSeconds.of(FullSeconds.row().ofShard("s:1"), 90_000, 40_000, 1);
    metrics.second(next, true);
    assertThat(value("lag_upper_seconds_count{replica=\"r:1\",shard=\"s:1\"}")).hasValue(1);
  }

  private static VerifyReport report(@Nullable String incomplete, VerifyRow... rows) {
    return new VerifyReport(
        "all",
        "full",
        "offset",
        1.0,
        3L,
        3L,
        3L,
        List.of(rows),
        List.of(),
        List.of(),
        List.of(),
        incomplete);
  }
}
