package io.syncanalyzer.probe.timeline;

import io.syncanalyzer.result.lag.AccountSoFar;
import io.syncanalyzer.result.lag.FullSecond;
import io.syncanalyzer.result.lag.LagSecond;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/** Told of every second of every replica, on the ticker's thread. */
public interface SecondListener {
  /** Takes no second. */
  SecondListener NONE = (replica, row, upper, lower, soFar) -> {};

  /**
   * A second has ended.
   *
   * @param upper the second's upper bounds in nanoseconds; valid during the call
   * @param lower its lower bounds, those of sentinels given up among them; likewise
   */
  void second(String replica, LagSecond row, Histogram upper, Histogram lower, AccountSoFar soFar);

  /** One that tells another of each second with all that is in it. */
  static SecondListener inFull(Consumer<FullSecond> other) {
    return (replica, row, upper, lower, soFar) ->
        other.accept(
            new FullSecond(replica, row, BoundCounts.up(upper), BoundCounts.down(lower), soFar));
  }
}
