package io.syncanalyzer.result.verify;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code verify_partitions.csv}: a range of slots that one node of either side holds, and
 * what its comparison found. Null is unknown.
 *
 * @param partition its number, from 1
 * @param sourceNode the source's node, {@code host:port}
 * @param replicaNode the replica's
 * @param slotFrom the first slot
 * @param slotTo the last
 * @param keysSource distinct keys seen on the source
 * @param keysReplica distinct keys seen on the replica
 * @param equal keys that are equal
 * @param mismatched keys whose difference is confirmed
 * @param unsettled keys that kept changing, or whose slot kept moving
 * @param unreadable keys that a side does not let us read
 * @param bytes of values as they were compared; null where unknown
 * @param nanos how long it took, all attempts together
 * @param attempts how often it was looked at
 * @param fence what its fences went by
 * @param executor who compared it
 * @param replica the replica's address as it was named, which of a cluster's own replicas is
 *     followed by {@code replica N}; null where there is but one
 * @param startNanos when its comparison began, that of the last of several attempts, in nanoseconds
 *     since the whole verification began; null where it is not of this one, such as one that was
 *     done before a {@code --resume}
 */
public record VerifyPartition(
    int partition,
    String sourceNode,
    String replicaNode,
    int slotFrom,
    int slotTo,
    long keysSource,
    long keysReplica,
    long equal,
    long mismatched,
    long unsettled,
    long unreadable,
    @Nullable Long bytes,
    long nanos,
    int attempts,
    String fence,
    String executor,
    @Nullable String replica,
    @Nullable Long startNanos) {
  /** Of what was compared by the analyzer's own JVM. */
  public static final String LOCAL = "local";

  public VerifyPartition {
    Objects.requireNonNull(sourceNode, "sourceNode is null");
    Objects.requireNonNull(replicaNode, "replicaNode is null");
    Objects.requireNonNull(fence, "fence is null");
    Objects.requireNonNull(executor, "executor is null");
    if (slotFrom < 0 || slotTo < slotFrom) {
      throw new IllegalArgumentException(slotFrom + "-" + slotTo + " is no range of slots");
    }
  }

  /**
   * The same, of one of several replicas.
   *
   * @param waitedNanos how long after the whole verification that of this replica began
   */
  public VerifyPartition of(@Nullable String oneReplica, long waitedNanos) {
    return new VerifyPartition(
        partition,
        sourceNode,
        replicaNode,
        slotFrom,
        slotTo,
        keysSource,
        keysReplica,
        equal,
        mismatched,
        unsettled,
        unreadable,
        bytes,
        nanos,
        attempts,
        fence,
        executor,
        oneReplica,
        startNanos == null ? null : Long.valueOf(startNanos + waitedNanos));
  }

  /** Keys with any verdict. */
  public long keys() {
    return equal + mismatched + unsettled + unreadable;
  }
}
