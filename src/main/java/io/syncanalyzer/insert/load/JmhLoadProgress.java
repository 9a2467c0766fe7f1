package io.syncanalyzer.insert.load;

import io.syncanalyzer.result.load.LoadSecond;
import java.util.Objects;

/**
 * The load once a second.
 *
 * @param last the second just over
 * @param count commands answered so far
 * @param errorReplies error replies so far
 * @param connectionErrors connections lost or not made so far
 * @param pace how its pace is kept; {@link Pace#NONE} where there is none
 */
public record JmhLoadProgress(
    LoadSecond last, long count, long errorReplies, long connectionErrors, Pace pace) {
  public JmhLoadProgress {
    Objects.requireNonNull(pace, "pace is null");
  }

  /**
   * How a pace is kept. A step that has ended still gains what comes back late, until the next one
   * begins.
   *
   * @param step as it was told; 0 = of none yet
   * @param perSecond commands that are due each second; 0 = it stands still
   * @param nanos how long the step has lasted
   * @param commands answered so far of those sent in this step
   * @param writes of {@code commands}, those that write
   * @param slipNanos how late a command left in that second, or how long one has been due that has
   *     not, the latest of all
   */
  public record Pace(
      int step, long perSecond, long nanos, long commands, long writes, long slipNanos) {
    /** Of a load that goes as fast as it can. */
    public static final Pace NONE = new Pace(0, 0, 0, 0, 0, 0);
  }
}
