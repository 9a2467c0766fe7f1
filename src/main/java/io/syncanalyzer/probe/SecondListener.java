package io.syncanalyzer.probe;

import org.HdrHistogram.Histogram;

/** Told of every second of every replica, on the ticker's thread. */
interface SecondListener {
  /** Nobody. */
  SecondListener NONE = (replica, row, upper, censored) -> {};

  /**
   * A second has ended.
   *
   * @param upper the second's upper bounds in nanoseconds; valid during the call
   * @param censored given up so far
   */
  void second(String replica, LagSecond row, Histogram upper, long censored);
}
