package io.syncanalyzer.result.lag;

import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An episode of lag, from leaving the band to coming back: a row of {@code episodes.csv}; null =
 * unknown.
 *
 * @param episode its number, from 1 in the order they began
 * @param secondFrom the first second outside the band, counted from the begin of the measured time
 * @param secondTo the second in which it was back; where it was not, the end of what was measured
 * @param maxUpperNanos the largest upper bound seen in it; null where none was seen
 * @param cause what most likely brought it about
 * @param evidence what speaks for it, and which other causes were seen too, in words
 * @param phase {@code load} or {@code probe}
 * @param certainty how sure the cause is
 * @param against what speaks against the others, and which could not be told, in words
 * @param maxLowerNanos the greatest lower bound, of what was seen and of what was still outstanding
 * @param peakSecond the second of the largest lag
 * @param stillOpen whether it was not back at the end of what was measured
 * @param replica the replica's address; null where there is but one
 * @param shard the source's node, {@code host:port}; null where there is but one
 */
public record Episode(
    long episode,
    long secondFrom,
    long secondTo,
    @Nullable Long maxUpperNanos,
    LagCause cause,
    String evidence,
    String phase,
    Certainty certainty,
    String against,
    @Nullable Long maxLowerNanos,
    long peakSecond,
    boolean stillOpen,
    @Nullable String replica,
    @Nullable String shard) {
  /** In the order they began, and where several did at once those of one replica together. */
  public static final Comparator<Episode> BY_BEGIN =
      Comparator.comparingLong(Episode::secondFrom)
          .thenComparing(one -> String.valueOf(one.replica()))
          .thenComparing(one -> String.valueOf(one.shard()));

  /** The largest first. */
  public static final Comparator<Episode> LARGEST_FIRST =
      Comparator.comparingLong(Episode::heightNanos).reversed();

  public Episode {
    Objects.requireNonNull(cause, "cause is null");
    Objects.requireNonNull(evidence, "evidence is null");
    Objects.requireNonNull(phase, "phase is null");
    Objects.requireNonNull(certainty, "certainty is null");
    Objects.requireNonNull(against, "against is null");
  }

  /** How far behind it was at least once: the greater of both bounds. */
  public long heightNanos() {
    return Math.max(LagSecond.orZero(maxUpperNanos), LagSecond.orZero(maxLowerNanos));
  }

  /** The same under another number. */
  Episode numbered(long number) {
    return new Episode(
        number,
        secondFrom,
        secondTo,
        maxUpperNanos,
        cause,
        evidence,
        phase,
        certainty,
        against,
        maxLowerNanos,
        peakSecond,
        stillOpen,
        replica,
        shard);
  }
}
