package io.syncanalyzer.capacity;

/**
 * How many trials there is time for.
 *
 * @param trials so many at the most, 0 or more
 */
public record Budget(long trials) {
  /** As many as it takes. */
  public static final Budget UNLIMITED = new Budget(Long.MAX_VALUE);

  public Budget {
    if (trials < 0) {
      throw new IllegalArgumentException("fewer than no trials: " + trials);
    }
  }

  /**
   * Of a time.
   *
   * @param leftSeconds how much is left; less than nothing is nothing
   * @param trialSeconds how long a trial takes, with all that is around it, above 0
   */
  public static Budget of(double leftSeconds, double trialSeconds) {
    if (!(trialSeconds > 0) || Double.isNaN(leftSeconds)) {
      throw new IllegalArgumentException(
          "no time for trials: " + leftSeconds + " s, " + trialSeconds + " s each");
    }
    return new Budget((long) Math.max(0, Math.floor(leftSeconds / trialSeconds)));
  }
}
