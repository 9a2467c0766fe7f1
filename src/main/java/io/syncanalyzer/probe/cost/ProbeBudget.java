package io.syncanalyzer.probe.cost;

/**
 * How much of one core of a replica looking for sentinels may take.
 *
 * @param percent of a core, 100 at most; 0 = no limit, as often as it can
 */
public record ProbeBudget(double percent) {
  /** As often as it can. */
  public static final ProbeBudget UNLIMITED = new ProbeBudget(0);

  /** Where nobody says otherwise. */
  public static final ProbeBudget DEFAULT = new ProbeBudget(2);

  private static final double MOST = 100;

  public ProbeBudget {
    if (!(percent >= 0 && percent <= MOST)) {
      throw new IllegalArgumentException("a share of a core is above 0% and at most 100%");
    }
  }

  /**
   * A share that holds it back.
   *
   * @throws IllegalArgumentException if it is none, or nothing
   */
  public static ProbeBudget ofPercent(double percent) {
    if (percent == 0) {
      throw new IllegalArgumentException(
          "with 0% no sentinel would ever be looked for; off = as often as it can");
    }
    return new ProbeBudget(percent);
  }

  public boolean isLimited() {
    return percent > 0;
  }

  /** That part of it. */
  public ProbeBudget times(double factor) {
    return new ProbeBudget(percent * factor);
  }

  /** How long must pass for so much CPU, in nanoseconds; 0 without a limit. */
  double nanosFor(double cpuNanos) {
    return isLimited() ? cpuNanos * MOST / percent : 0;
  }
}
