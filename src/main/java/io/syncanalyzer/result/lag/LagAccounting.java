package io.syncanalyzer.result.lag;

import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What became of every measured sentinel of a phase: a row of {@code lag_accounting.csv}; the sum
 * is checked on construction.
 *
 * @param phase {@code floor}, {@code baseline}, {@code load} or {@code probe}
 * @param scheduled fell due in the measured time
 * @param writeFailed refused by the source, or never left ({@code unsent} among them)
 * @param writeUnknown written without an answer: the source may or may not have it. One that shows
 *     on the replica all the same stays here (its lag has no lower bound) and is noted in {@code
 *     unknownSeen}
 * @param observed seen on the replica
 * @param censored acknowledged by the source, not seen before the timeout
 * @param warmupExcluded sent in the warm-up; in none of the other counts
 * @param outOfOrder observed ones that were provably not there when a later one of their lane was
 * @param unsent of writeFailed, those never handed to a lane before the end; null where not counted
 * @param unknownSeen of writeUnknown, those that showed on the replica; null where not counted
 * @param replica the replica's address; null where there is but one
 * @param seenAfterOutage of observed, those that came while the probe's own connection was lost:
 *     when is not known, so they are in no percentile; null where not counted
 * @param shard the source's node, {@code host:port}; null for all together, and where there is but
 *     one
 * @param step the trial of a search for capacity that it is of, from 1; null elsewhere
 */
public record LagAccounting(
    String phase,
    long scheduled,
    long writeFailed,
    long writeUnknown,
    long observed,
    long censored,
    long warmupExcluded,
    long outOfOrder,
    @Nullable Long unsent,
    @Nullable Long unknownSeen,
    @Nullable String replica,
    @Nullable Long seenAfterOutage,
    @Nullable String shard,
    @Nullable Integer step) {
  public LagAccounting {
    Objects.requireNonNull(phase, "phase is null");
    if (Stream.of(
            scheduled,
            writeFailed,
            writeUnknown,
            observed,
            censored,
            warmupExcluded,
            outOfOrder,
            orNone(unsent),
            orNone(unknownSeen),
            orNone(seenAfterOutage))
        .anyMatch(count -> count < 0)) {
      throw new IllegalArgumentException("a count of the accounting of " + phase + " is negative");
    }
    if (scheduled != writeFailed + writeUnknown + observed + censored) {
      throw new IllegalArgumentException(
          "the accounting of "
              + phase
              + " does not add up: "
              + scheduled
              + " scheduled, "
              + writeFailed
              + " failed + "
              + writeUnknown
              + " unknown + "
              + observed
              + " observed + "
              + censored
              + " censored");
    }
    if (orNone(unsent) > writeFailed
        || orNone(unknownSeen) > writeUnknown
        || orNone(seenAfterOutage) > observed) {
      throw new IllegalArgumentException(
          "a part of the accounting of " + phase + " is greater than its whole");
    }
  }

  /** Of all shards together. */
  public LagAccounting(
      String phase,
      long scheduled,
      long writeFailed,
      long writeUnknown,
      long observed,
      long censored,
      long warmupExcluded,
      long outOfOrder,
      @Nullable Long unsent,
      @Nullable Long unknownSeen,
      @Nullable String replica,
      @Nullable Long seenAfterOutage) {
    this(
        phase,
        scheduled,
        writeFailed,
        writeUnknown,
        observed,
        censored,
        warmupExcluded,
        outOfOrder,
        unsent,
        unknownSeen,
        replica,
        seenAfterOutage,
        null,
        null);
  }

  /** The same, of one shard alone. */
  public LagAccounting ofShard(@Nullable String address) {
    return new LagAccounting(
        phase,
        scheduled,
        writeFailed,
        writeUnknown,
        observed,
        censored,
        warmupExcluded,
        outOfOrder,
        unsent,
        unknownSeen,
        replica,
        seenAfterOutage,
        address,
        step);
  }

  /** The same, of one trial alone. */
  public LagAccounting ofStep(@Nullable Integer trial) {
    return new LagAccounting(
        phase,
        scheduled,
        writeFailed,
        writeUnknown,
        observed,
        censored,
        warmupExcluded,
        outOfOrder,
        unsent,
        unknownSeen,
        replica,
        seenAfterOutage,
        shard,
        trial);
  }

  private static long orNone(@Nullable Long count) {
    return count == null ? 0 : count;
  }

  /** Those of writeFailed that left, as far as is known. */
  public long refused() {
    return writeFailed - orNone(unsent);
  }

  /** The sentinels that percentiles are of. */
  public long samples() {
    return observed + censored - orNone(seenAfterOutage);
  }
}
