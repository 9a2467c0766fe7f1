package io.syncanalyzer.probe.cost;

/**
 * How old a sentinel is to be before it is asked for at all: asked for at once, most are not there
 * yet, and a question is gone that would have told more later. For one thread; allocates nothing.
 *
 * <p>Where the budget has many questions for each sentinel, the first one comes when one in ten has
 * arrived; where it has but one, when nine in ten have. The age is found by following what comes of
 * the first looks: a little sooner after each that found its sentinel, a little later after each
 * that did not. It is never beyond two polls, for a replica that lags by more is polled anyway.
 */
public final class FirstLook {
  private static final double FEWEST_THERE = 0.1;
  private static final double MOST_THERE = 0.9;

  /** With so many questions for each there is no need to save any. */
  private static final double MANY = 4;

  private static final double STEP = 0.1;
  private static final double LEAST_NANOS = 10_000;

  private final double there;
  private final double latest;
  private double age;

  /**
   * @param questionEveryNanos how often one can be asked; 0 = as often as is wished
   * @param sentinelEveryNanos how often a sentinel is sent
   */
  public FirstLook(long questionEveryNanos, double sentinelEveryNanos) {
    this.latest = 2.0 * questionEveryNanos;
    this.there = questionEveryNanos == 0 ? 0 : share(sentinelEveryNanos / questionEveryNanos);
  }

  private static double share(double questions) {
    double missing = Math.min(1, Math.max(0, (questions - 1) / (MANY - 1)));
    return MOST_THERE - missing * (MOST_THERE - FEWEST_THERE);
  }

  /** What part of the sentinels is to have arrived by then. */
  double there() {
    return there;
  }

  /** Not asked for before it is that old. */
  public long ageNanos() {
    return (long) age;
  }

  /** One was asked for first, and was there or not; or it was told of before it was asked for. */
  public void found(boolean wasThere) {
    if (latest > 0) {
      double next =
          wasThere
              ? age * (1 - STEP * (1 - there))
              : Math.max(LEAST_NANOS, age) * (1 + STEP * there);
      age = Math.min(latest, wasThere && next < LEAST_NANOS ? 0 : next);
    }
  }
}
