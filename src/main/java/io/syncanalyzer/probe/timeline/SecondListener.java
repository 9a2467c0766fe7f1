package io.syncanalyzer.probe.timeline;

import io.syncanalyzer.result.lag.LagSecond;
import org.HdrHistogram.Histogram;

/** Told of every second of every replica, on the ticker's thread. */
public interface SecondListener {
  /** Takes no second. */
  SecondListener NONE = (replica, row, upper, lower, censored) -> {};

  /**
   * A second has ended.
   *
   * @param upper the second's upper bounds in nanoseconds; valid during the call
   * @param lower its lower bounds, those of sentinels given up among them; likewise
   * @param censored given up so far
   */
  void second(String replica, LagSecond row, Histogram upper, Histogram lower, long censored);
}
