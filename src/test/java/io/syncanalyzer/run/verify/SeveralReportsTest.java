package io.syncanalyzer.run.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.fence.FenceUse;
import io.syncanalyzer.result.figure.Figure;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.result.verify.NotLookedAt;
import io.syncanalyzer.result.verify.ReplicaTotals;
import io.syncanalyzer.result.verify.VerifyPartition;
import io.syncanalyzer.result.verify.VerifyReport;
import io.syncanalyzer.result.verify.VerifyRow;
import io.syncanalyzer.run.verify.SeveralReports.Order;
import io.syncanalyzer.verify.VerifySummary;
import io.syncanalyzer.verify.found.MismatchLog;
import io.syncanalyzer.verify.partition.PartitionedSummary;
import io.syncanalyzer.verify.scan.VerifyScope;
import io.syncanalyzer.verify.server.ServerCost;
import io.syncanalyzer.verify.server.VerifyFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Reports of several replicas made into one. */
class SeveralReportsTest {
  private static final VerifyScope ALL = VerifyScope.EVERYTHING;

  private static OneOfSeveral one(String replica, long keys, int seconds) {
    return one(replica, report(summary(keys, seconds)));
  }

  private static OneOfSeveral one(String replica, VerifyReport report) {
    return new OneOfSeveral(replica, summary(0, 1), null, report);
  }

  private static VerifyReport report(VerifySummary summary) {
    return ComparisonReport.of(
        new PartitionedSummary(summary, List.of(partition(1), partition(2))), ALL);
  }

  private static VerifyPartition partition(int number) {
    return new VerifyPartition(
        number,
        "s",
        "r",
        0,
        9,
        5,
        5,
        5,
        0,
        0,
        0,
        5L,
        1,
        1,
        "offset",
        "local",
        null,
        number * 1_000_000_000L);
  }

  private static VerifySummary summary(long keys, int seconds) {
    return new VerifySummary(
        keys,
        keys,
        keys,
        0,
        List.of(new VerifyRow("string", KeyVerdict.EQUAL, keys, keys, keys)),
        List.of(),
        new MismatchLog(Path.of("none"), 0, Map.of()),
        new FenceUse("offset: told", true, 1, 1, 0),
        List.of(),
        new ServerCost(0.5, keys, keys, keys),
        ServerCost.UNKNOWN,
        Duration.ofSeconds(seconds),
        false,
        0L,
        List.of(0),
        NotLookedAt.NOTHING,
        null);
  }

  private static String figure(VerifyReport report, String metric) {
    return report.figures().stream()
        .filter(one -> one.metric().equals(metric))
        .map(Figure::value)
        .findFirst()
        .orElse("none");
  }

  @Test
  void inTurnTimesAndCostsAddUpAndTheSourcesKeysDoNot() {
    VerifyReport all =
        SeveralReports.report(List.of(one("a", 100, 1), one("b", 200, 4)), Order.IN_TURN);
    assertThat(all.elapsedSeconds()).isEqualTo(5);
    assertThat(all.sourceKeys()).isEqualTo(200);
    assertThat(all.replicaKeys()).isEqualTo(300);
    assertThat(figure(all, "source_commands")).isEqualTo("300");
    assertThat(figure(all, "keys_per_s")).isEqualTo("60");
  }

  @Test
  void togetherTheSourceIsReadOnceAndTheLongestTimeIsAll() {
    VerifyReport all =
        SeveralReports.report(List.of(one("a", 100, 1), one("b", 200, 4)), Order.TOGETHER);
    assertThat(all.elapsedSeconds()).isEqualTo(4);
    assertThat(figure(all, "source_commands")).isEqualTo("200");
    assertThat(figure(all, "keys_per_s")).isEqualTo("150");
  }

  @Test
  void everyRowAndPartitionTellsItsReplica() {
    VerifyReport all =
        SeveralReports.report(List.of(one("a", 100, 1), one("b", 200, 4)), Order.IN_TURN);
    assertThat(all.rows()).extracting(VerifyRow::replica).containsExactly("a", "b");
    assertThat(all.partitions())
        .extracting(one -> one.replica() + " " + one.partition())
        .containsExactly("a 1", "a 2", "b 1", "b 2");
    assertThat(all.replicas()).extracting(ReplicaTotals::replica).containsExactly("a", "b");
  }

  @Test
  void inTurnThePartitionsOfOneBeginAfterThoseBeforeItAndTogetherTheyDoNot() {
    List<OneOfSeveral> both = List.of(one("a", 100, 10), one("b", 200, 4));
    assertThat(SeveralReports.report(both, Order.IN_TURN).partitions())
        .extracting(VerifyPartition::startNanos)
        .containsExactly(1_000_000_000L, 2_000_000_000L, 11_000_000_000L, 12_000_000_000L);
    assertThat(SeveralReports.report(both, Order.TOGETHER).partitions())
        .extracting(VerifyPartition::startNanos)
        .containsExactly(1_000_000_000L, 2_000_000_000L, 1_000_000_000L, 2_000_000_000L);
  }

  @Test
  void whatIsLackingOfOneIsSaidOfThatOneAndIsNoFailure() {
    OneOfSeveral lacking = one("b", report(summary(50, 1)).lacking("slots 7 were not looked at"));
    Compared all = SeveralReports.of(List.of(one("a", 100, 1), lacking), Order.IN_TURN);
    assertThat(all.complete()).isFalse();
    assertThat(all.failure()).isNull();
    assertThat(all.report().incomplete()).isEqualTo("b: slots 7 were not looked at");
    assertThat(ReplicaTotals.worst(all.report().replicas()).map(ReplicaTotals::replica))
        .hasValue("b");
  }

  @Test
  void oneThatDidNotBeginBeforeAnInterruptIsNotCompleteAndOneThatIsAwayHasFailed() {
    OneOfSeveral never =
        OneOfSeveral.failed(
            "b", new VerifyFailure(VerifyFailure.Kind.INTERRUPTED, "never began", null));
    Compared interrupted = SeveralReports.of(List.of(one("a", 9, 1), never), Order.IN_TURN);
    assertThat(interrupted.complete()).isFalse();
    assertThat(interrupted.failure()).isNull();
    OneOfSeveral away =
        OneOfSeveral.failed("b", new VerifyFailure(VerifyFailure.Kind.SERVER, "away", null));
    Compared lost = SeveralReports.of(List.of(one("a", 9, 1), away), Order.IN_TURN);
    assertThat(lost.failure()).startsWith("b: ").contains("away");
  }
}
