package io.syncanalyzer.cause;

import io.syncanalyzer.result.lag.LagSecond;
import io.syncanalyzer.result.lag.Signs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the seconds of an episode show, from the send of what was seen first in it to its end, and
 * one more before.
 *
 * @param heightNanos how large the lag was
 * @param pauseNanos the longest pause of the probe's JVM
 * @param ackNanos the longest acknowledgement of the source
 * @param pollNanos the longest round trip of a poll
 * @param gapBytes the greatest offset gap; null where not shown
 * @param resyncs full resynchronisations begun
 * @param linkDown whether the replica said that its link was down; null where it said nothing
 * @param lost whether the probe lost its connection to the replica
 * @param seconds how many seconds that is
 * @param loadShare of the rate asked of the load, the least part that it came to in a second; null
 *     where there was none
 * @param source what the source told of itself
 * @param replica what the replica told of itself
 */
record Evidence(
    long heightNanos,
    long pauseNanos,
    long ackNanos,
    long pollNanos,
    @Nullable Long gapBytes,
    long resyncs,
    @Nullable Boolean linkDown,
    boolean lost,
    long seconds,
    @Nullable Double loadShare,
    Signs source,
    Signs replica) {
  private static final long SECOND_NANOS = 1_000_000_000L;

  /** Of the rows of the replica's timeline, those that have to do with the episode. */
  static Evidence of(Span span, List<LagSecond> timeline, Circumstances around) {
    long ahead =
        timeline.stream()
            .filter(row -> row.second() >= span.from() && row.second() < span.to())
            .limit(1)
            .mapToLong(row -> LagSecond.orZero(row.maxUpperNanos()) / SECOND_NANOS)
            .sum();
    long from = span.from() - ahead - 1;
    Sum sum = new Sum();
    for (LagSecond row : timeline) {
      if (row.second() + row.span() > from && row.second() < span.to()) {
        sum.add(row, row.loadShare(around.askedByStep()));
      }
    }
    return sum.evidence(span.heightNanos());
  }

  /** Whether it takes at least half of the lag to be so long. */
  boolean isHalf(long nanos) {
    return nanos > 0 && nanos >= heightNanos / 2;
  }

  /** Whether it is as long as the lag, or nearly so. */
  boolean isMost(long nanos) {
    return nanos > 0 && nanos >= heightNanos / 5 * 4;
  }

  private static final class Sum {
    private long pause;
    private long ack;
    private long poll;
    private @Nullable Long gap;
    private long resyncs;
    private @Nullable Boolean down;
    private boolean lost;
    private long seconds;
    private @Nullable Double load;
    private Signs source = Signs.NONE;
    private Signs replica = Signs.NONE;

    void add(LagSecond row, @Nullable Double share) {
      pause = Math.max(pause, LagSecond.orZero(row.pauseMaxNanos()));
      ack = Math.max(ack, LagSecond.orZero(row.ackMaxNanos()));
      poll = Math.max(poll, LagSecond.orZero(row.pollMaxNanos()));
      Long rowGap = row.offsetGapBytes();
      gap = rowGap == null || (gap != null && gap > rowGap) ? gap : rowGap;
      resyncs += row.resyncs();
      if (row.linkUp() != null) {
        down = Boolean.valueOf(!row.linkUp() || Boolean.TRUE.equals(down));
      }
      lost |= Boolean.FALSE.equals(row.observing());
      seconds += row.span();
      load = share == null || (load != null && load < share) ? load : share;
      source = row.source() == null ? source : source.and(row.source());
      replica = row.itself() == null ? replica : replica.and(row.itself());
    }

    Evidence evidence(long height) {
      return new Evidence(
          height, pause, ack, poll, gap, resyncs, down, lost, seconds, load, source, replica);
    }
  }
}
