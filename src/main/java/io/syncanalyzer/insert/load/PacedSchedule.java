package io.syncanalyzer.insert.load;

/**
 * What of an open loop is due when: so many commands a second from the beginning on, dealt out to
 * lanes in bursts, the bursts of one lane evenly between those of the others.
 *
 * <p>A burst is about a millisecond's worth of a lane's rate, all of it due at one moment; so the
 * number of waits stays small whatever the rate, and the rate exact whatever the burst. Times are
 * nanoseconds from the beginning, rounded down, and exact for every rate: they are worked out from
 * a command's number and never summed up. Immutable; knows no clock.
 */
final class PacedSchedule {
  /** The highest rate of all lanes together. */
  static final long MOST_PER_SECOND = 1_000_000_000L;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long BURSTS_PER_SECOND = 1_000;

  private final long perSecond;
  private final int lanes;
  private final int burst;

  /**
   * @param perSecond commands of all lanes together, 1 to {@link #MOST_PER_SECOND}
   * @param lanes how many share them, 1 or more
   * @param mostAtOnce what a burst may have, 1 or more
   */
  PacedSchedule(long perSecond, int lanes, int mostAtOnce) {
    if (perSecond < 1 || perSecond > MOST_PER_SECOND || lanes < 1 || mostAtOnce < 1) {
      throw new IllegalArgumentException(
          perSecond + "/s over " + lanes + " lanes, at most " + mostAtOnce + " at once");
    }
    this.perSecond = perSecond;
    this.lanes = lanes;
    long perBurst = Math.round((double) perSecond / lanes / BURSTS_PER_SECOND);
    this.burst = (int) Math.max(1, Math.min(mostAtOnce, perBurst));
  }

  /** Commands of a lane that are due at the same moment. */
  int burst() {
    return burst;
  }

  /**
   * When a command is due.
   *
   * @param lane from 0
   * @param command of that lane, from 0
   */
  long dueNanos(int lane, long command) {
    long before = (command / burst * lanes + lane) * burst;
    return before / perSecond * NANOS_PER_SECOND
        + before % perSecond * NANOS_PER_SECOND / perSecond;
  }

  /**
   * How many commands of a lane are due by a time, those at that very moment among them.
   *
   * @param nanos may be negative: none is due before the beginning
   */
  long due(int lane, long nanos) {
    if (nanos < 0) {
      return 0;
    }
    // The last number n of all with n × 1e9 / rate < nanos + 1, in whole numbers.
    long seconds = (nanos + 1) / NANOS_PER_SECOND;
    long rest = (nanos + 1) % NANOS_PER_SECOND;
    long last = seconds * perSecond + Math.floorDiv(rest * perSecond - 1, NANOS_PER_SECOND);
    long bursts = last / burst + 1;
    return Math.max(0, Math.floorDiv(bursts - lane + lanes - 1, (long) lanes)) * burst;
  }

  /** How many commands of all lanes are due by a time. */
  long due(long nanos) {
    long all = 0;
    for (int lane = 0; lane < lanes; lane++) {
      all += due(lane, nanos);
    }
    return all;
  }
}
