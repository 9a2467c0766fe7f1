package io.syncanalyzer.run.verify;

import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.result.verify.Mismatch;
import io.syncanalyzer.result.verify.ReplicaTotals;
import io.syncanalyzer.result.verify.VerifyPartition;
import io.syncanalyzer.result.verify.VerifyReport;
import io.syncanalyzer.result.verify.VerifyRow;
import io.syncanalyzer.run.record.FailureLine;
import io.syncanalyzer.verify.Verified;
import io.syncanalyzer.verify.VerifySummary;
import io.syncanalyzer.verify.scan.VerifyScope;
import io.syncanalyzer.verify.server.VerifyFailure;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the verification of one of several replicas came to.
 *
 * @param replica what it is told by
 * @param summary what was found; null where there is nothing
 * @param failure why not; null where there is a summary
 * @param report its report alone; null where there is no summary
 */
record OneOfSeveral(
    String replica,
    @Nullable VerifySummary summary,
    @Nullable RuntimeException failure,
    @Nullable VerifyReport report) {
  OneOfSeveral {
    Objects.requireNonNull(replica, "replica is null");
    if ((summary == null) == (failure == null) || (summary == null) != (report == null)) {
      throw new IllegalArgumentException("either a summary with its report or a failure");
    }
  }

  static OneOfSeveral of(Verified verified, VerifyScope asked) {
    VerifySummary summary = verified.summary();
    return new OneOfSeveral(
        verified.request().replica().address(),
        summary,
        verified.failure(),
        summary == null ? null : ComparisonReport.of(summary, asked));
  }

  static OneOfSeveral of(String replica, Comparison.Outcome found) {
    return new OneOfSeveral(replica, found.summary(), null, found.report());
  }

  static OneOfSeveral failed(String replica, RuntimeException why) {
    return new OneOfSeveral(replica, null, why, null);
  }

  /** One line why it did not end as asked; null where it did. */
  @Nullable String incomplete() {
    if (report != null) {
      return report.incomplete();
    }
    return failure == null ? null : FailureLine.of(failure, "verify");
  }

  /** Whether it is to be called failed, and not only incomplete. */
  boolean hasFailed() {
    return summary == null ? !isInterrupt(failure) : ComparisonReport.couldNotRun(summary);
  }

  private static boolean isInterrupt(@Nullable RuntimeException failure) {
    return failure instanceof VerifyFailure one && one.kind() == VerifyFailure.Kind.INTERRUPTED;
  }

  ReplicaTotals totals() {
    VerifyReport found = report;
    return found == null
        ? new ReplicaTotals(replica, null, 0, 0, 0, 0, incomplete(), hasFailed())
        : new ReplicaTotals(
            replica,
            found.replicaKeys(),
            found.keys(KeyVerdict.EQUAL),
            found.mismatchedKeys() + found.mismatchedFunctions(),
            found.keys(KeyVerdict.UNSETTLED),
            found.keys(KeyVerdict.UNREADABLE),
            found.incomplete(),
            hasFailed());
  }

  List<VerifyRow> rows() {
    return report == null ? List.of() : report.rows().stream().map(row -> row.of(replica)).toList();
  }

  /**
   * Its partitions.
   *
   * @param waitedNanos how long it waited for the others before it
   */
  List<VerifyPartition> partitions(long waitedNanos) {
    return report == null
        ? List.of()
        : report.partitions().stream().map(one -> one.of(replica, waitedNanos)).toList();
  }

  /** All mismatches, read from disk; to be closed. */
  Stream<Mismatch> mismatches() {
    return summary == null
        ? Stream.empty()
        : summary.mismatches().stream().map(one -> one.at(replica, one.shard()));
  }
}
