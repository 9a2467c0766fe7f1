package io.syncanalyzer.run.verify;

import io.syncanalyzer.result.verify.Mismatch;
import io.syncanalyzer.result.verify.VerifyReport;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What came of comparing a source with all its replicas, the mismatches still on disk.
 *
 * @param report of all of them
 * @param failure one line why the run is to be called failed; null where it is not
 * @param complete whether each of them ended as asked
 * @param mismatches all of them, read from disk one at a time
 */
public record Compared(
    VerifyReport report,
    @Nullable String failure,
    boolean complete,
    Iterable<Mismatch> mismatches) {
  public Compared {
    Objects.requireNonNull(report, "report is null");
    Objects.requireNonNull(mismatches, "mismatches is null");
  }
}
