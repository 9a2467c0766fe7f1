package io.syncanalyzer.probe.figures;

import java.util.stream.LongStream;

/**
 * What became of every measured sentinel; the sum is checked on construction.
 *
 * @param scheduled fell due in the measured time
 * @param writeFailed refused by the source, or never left ({@code unsent} among them)
 * @param writeUnknown written without an answer: the source may or may not have it. One that shows
 *     on the replica all the same stays here (its lag has no lower bound) and is noted in {@code
 *     unknownSeen}
 * @param observed seen on the replica
 * @param censored acknowledged by the source, not seen before the timeout
 * @param warmupExcluded sent in the warm-up; in none of the other counts
 * @param outOfOrder observed ones that were provably not there when a later one of their lane was
 * @param unsent fell due but were never handed to a lane before the end; part of writeFailed
 * @param unknownSeen of writeUnknown, those that showed on the replica
 * @param seenAfterOutage of observed, those that came while the probe's own connection was lost:
 *     when is not known, so they are in no percentile
 */
public record LagAccounting(
    long scheduled,
    long writeFailed,
    long writeUnknown,
    long observed,
    long censored,
    long warmupExcluded,
    long outOfOrder,
    long unsent,
    long unknownSeen,
    long seenAfterOutage) {
  public LagAccounting {
    if (LongStream.of(
            scheduled,
            writeFailed,
            writeUnknown,
            observed,
            censored,
            warmupExcluded,
            outOfOrder,
            unsent,
            unknownSeen,
            seenAfterOutage)
        .anyMatch(count -> count < 0)) {
      throw new IllegalArgumentException("a count of the accounting is negative");
    }
    if (scheduled != writeFailed + writeUnknown + observed + censored) {
      throw new IllegalArgumentException(
          "the accounting does not add up: scheduled "
              + scheduled
              + " ≠ "
              + writeFailed
              + " write-failed + "
              + writeUnknown
              + " write-unknown + "
              + observed
              + " observed + "
              + censored
              + " censored");
    }
    if (unsent > writeFailed || unknownSeen > writeUnknown || seenAfterOutage > observed) {
      throw new IllegalArgumentException("a part of the accounting is greater than its whole");
    }
  }
}
