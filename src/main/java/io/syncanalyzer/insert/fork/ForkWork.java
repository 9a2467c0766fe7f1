package io.syncanalyzer.insert.fork;

/** What a fork does between {@code GO} and {@code RESULT}; {@link ForkTrial} is its frame. */
public interface ForkWork {
  /** The gate opens: called once, before the first lane goes through it. */
  void start();

  /**
   * The load beside it has begun a step of its ramp.
   *
   * @param step from 1; 0 = it has ended one
   */
  void step(int step);

  /**
   * Another pace from now on.
   *
   * @param step its number
   * @param perSecond so many a second; 0 = it stands still
   */
  void pace(int step, long perSecond);

  /** Nothing more is to be written; what was is still to be watched. */
  void endSchedule();

  /** Makes every lane return soon, also one that waits or is blocked on its server. */
  void release();

  /**
   * Ends it and gives what there is: called once, also after a failure or half-way.
   *
   * @param atOnce whether somebody is waiting for this to be over, rather than whole
   */
  Record result(boolean atOnce);
}
