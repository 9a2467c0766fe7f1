package io.syncanalyzer.probe.figures;

/** Takes the lag of every sentinel as it becomes known. For one thread. */
public interface Lags {
  /**
   * One that was seen.
   *
   * @param step of the load's ramp in which it was sent; 0 = none
   */
  void record(int step, long upperNanos, long lowerNanos, long intendedNanos);

  /** One that was never seen: all that is known of it is how long it certainly stayed away. */
  void recordUnseen(int step, long lowerNanos);

  /** Many of these. */
  void recordUnseen(UnseenLags many);
}
