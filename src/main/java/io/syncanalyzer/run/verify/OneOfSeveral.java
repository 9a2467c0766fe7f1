package io.syncanalyzer.run.verify;

import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.result.verify.Mismatch;
import io.syncanalyzer.result.verify.ReplicaTotals;
import io.syncanalyzer.result.verify.VerifyReport;
import io.syncanalyzer.result.verify.VerifyRow;
import io.syncanalyzer.run.record.FailureLine;
import io.syncanalyzer.verify.Verified;
import io.syncanalyzer.verify.VerifySummary;
import io.syncanalyzer.verify.scan.VerifyScope;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the verification of one of several replicas came to.
 *
 * @param replica its address
 * @param verified as the phase told it
 * @param report its report alone; null where there is no summary
 */
record OneOfSeveral(String replica, Verified verified, @Nullable VerifyReport report) {
  OneOfSeveral {
    Objects.requireNonNull(replica, "replica is null");
    Objects.requireNonNull(verified, "verified is null");
  }

  static OneOfSeveral of(Verified verified, VerifyScope asked) {
    VerifySummary summary = verified.summary();
    return new OneOfSeveral(
        verified.request().replica().address(),
        verified,
        summary == null ? null : ComparisonReport.of(summary, asked));
  }

  /** One line why it did not end as asked; null where it did. */
  @Nullable String incomplete() {
    if (report != null) {
      return report.incomplete();
    }
    RuntimeException failure = verified.failure();
    return failure == null ? null : FailureLine.of(failure, "verify");
  }

  /** Whether it is to be called failed, and not only incomplete. */
  boolean hasFailed() {
    VerifySummary summary = verified.summary();
    return summary == null || ComparisonReport.couldNotRun(summary);
  }

  ReplicaTotals totals() {
    VerifyReport found = report;
    return found == null
        ? new ReplicaTotals(replica, null, 0, 0, 0, 0, incomplete(), true)
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

  /** All mismatches, read from disk; to be closed. */
  Stream<Mismatch> mismatches() {
    VerifySummary summary = verified.summary();
    return summary == null
        ? Stream.empty()
        : summary.mismatches().stream().map(one -> one.at(replica, null));
  }
}
