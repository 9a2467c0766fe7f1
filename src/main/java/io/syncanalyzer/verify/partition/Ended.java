package io.syncanalyzer.verify.partition;

import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.verify.VerifySummary;
import io.syncanalyzer.verify.server.SlotsMoved;
import io.syncanalyzer.verify.server.VerifyFailure;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt at a partition ended.
 *
 * @param partition which
 * @param summary what was found; null where nothing was
 * @param thrown why nothing was found; null where something was
 * @param nanos how long it took
 * @param executor who did it; null where nobody did
 * @param startNanos when it began, since the verification began; null where nobody did it
 */
record Ended(
    Partition partition,
    @Nullable VerifySummary summary,
    @Nullable Throwable thrown,
    long nanos,
    @Nullable String executor,
    @Nullable Long startNanos) {
  /**
   * With a result.
   *
   * @param askedNanos when somebody was asked to do it, since the verification began
   * @param nanos how long it took since then
   */
  static Ended with(Partition partition, PartitionWork.Found found, long askedNanos, long nanos) {
    return new Ended(
        partition,
        found.summary(),
        null,
        nanos - found.waitedNanos(),
        found.executor(),
        askedNanos + found.waitedNanos());
  }

  /** Without one. */
  static Ended without(Partition partition, Throwable thrown, long nanos) {
    return new Ended(partition, null, thrown, nanos, null, null);
  }

  /** What follows from how it ended. */
  enum How {
    /** All was looked at, or what kept it from that is not mended by another look. */
    DONE,
    /** There are as many mismatches as were to be found. */
    ENOUGH,
    /** Slots are elsewhere, or on their way. */
    MOVED,
    /** A node is another by now, or there is none in its place: it is to be found again. */
    NODE_LOST,
    /** It ended for good. */
    FAILED,
    /** It ended for good, and so does everything. */
    ALL_FAILED,
    /** It was told to end. */
    INTERRUPTED
  }

  How how() {
    if (thrown instanceof SlotsMoved) {
      return How.MOVED;
    }
    if (thrown instanceof RedisFailure) {
      return How.NODE_LOST;
    }
    if (thrown instanceof VerifyFailure failure) {
      return how(failure.kind());
    }
    VerifySummary found = summary;
    if (found == null) {
      return How.ALL_FAILED;
    }
    if (found.stoppedEarly()) {
      return How.ENOUGH;
    }
    return found.incompleteKind() == null ? How.DONE : how(found.incompleteKind());
  }

  private static How how(VerifyFailure.Kind kind) {
    return switch (kind) {
      case CHANGED -> How.DONE;
      case REPLACED, SERVER, FENCE -> How.NODE_LOST;
      case SAME_SERVER -> How.FAILED;
      case DISK, MEMORY, EXECUTOR -> How.ALL_FAILED;
      case INTERRUPTED -> How.INTERRUPTED;
    };
  }

  /** Which slots moved; none where it is not that. */
  SlotSet moved() {
    return thrown instanceof SlotsMoved moved ? moved.slots() : SlotSet.NONE;
  }

  /** Why, in one line. */
  String why() {
    VerifySummary found = summary;
    return found != null && found.incomplete() != null
        ? found.incomplete()
        : thrown == null ? "" : String.valueOf(thrown.getMessage());
  }

  /** The kind of {@link #why}. */
  VerifyFailure.Kind kind() {
    VerifySummary found = summary;
    if (found != null && found.incompleteKind() != null) {
      return found.incompleteKind();
    }
    return thrown instanceof VerifyFailure failure ? failure.kind() : VerifyFailure.Kind.SERVER;
  }
}
