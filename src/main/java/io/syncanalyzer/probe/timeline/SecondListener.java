package io.syncanalyzer.probe.timeline;

import io.syncanalyzer.result.lag.FullSecond;
import io.syncanalyzer.result.lag.LagSecond;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/** Told of every second of every replica, on the ticker's thread. */
public interface SecondListener {
  /** Takes no second. */
  SecondListener NONE = (replica, row, upper, lower, soFar) -> {};

  /**
   * What became of a pair's sentinels until now.
   *
   * @param scheduled fallen due
   * @param writeFailed refused by the source
   * @param writeUnknown written without an answer
   * @param censored given up
   */
  record SoFar(long scheduled, long writeFailed, long writeUnknown, long censored) {}

  /**
   * A second has ended.
   *
   * @param upper the second's upper bounds in nanoseconds; valid during the call
   * @param lower its lower bounds, those of sentinels given up among them; likewise
   */
  void second(String replica, LagSecond row, Histogram upper, Histogram lower, SoFar soFar);

  /** One that tells another of each second with all that is in it. */
  static SecondListener inFull(Consumer<FullSecond> other) {
    return (replica, row, upper, lower, soFar) ->
        other.accept(
            new FullSecond(
                replica,
                row,
                BoundCounts.up(upper),
                BoundCounts.down(lower),
                soFar.scheduled(),
                soFar.writeFailed(),
                soFar.writeUnknown(),
                soFar.censored()));
  }
}
