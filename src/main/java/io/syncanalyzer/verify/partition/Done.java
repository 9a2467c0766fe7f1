package io.syncanalyzer.verify.partition;

import io.syncanalyzer.verify.VerifySummary;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A partition that has been verified, or as much of it as will be.
 *
 * @param partition as it was verified last
 * @param summary what was found
 * @param nanos how long it took, all attempts at this partition together
 * @param sourceId the source's process; null where hidden
 * @param replicaId as {@code sourceId}
 * @param before how often its nodes had been written to when it began
 * @param executor who did it
 * @param startNanos when that began, since the verification began; null where it was done before
 */
record Done(
    Partition partition,
    VerifySummary summary,
    long nanos,
    @Nullable String sourceId,
    @Nullable String replicaId,
    Writes before,
    String executor,
    @Nullable Long startNanos) {
  Done {
    Objects.requireNonNull(executor, "executor is null");
    Objects.requireNonNull(partition, "partition is null");
    Objects.requireNonNull(summary, "summary is null");
    Objects.requireNonNull(before, "before is null");
  }
}
