package io.syncanalyzer.probe.cost;

import java.util.concurrent.TimeUnit;

/**
 * How long after a poll the next one may begin: a rule on times alone. For one thread; allocates
 * nothing.
 *
 * <p>Each poll must be earned: at a budget of 2 % of a core one that costs the replica 15 µs is
 * earned in 750 µs. What was not spent is kept for {@value #SAVED_QUESTIONS} of them, so that few
 * sentinels are looked for closely. Beside that nobody asks more finely than the lag is worth: a
 * hundredth of it passes between two polls, or without a budget a thousandth. What is asked in vain
 * for longer than the longest rest is asked for all the same: then the budget is overdrawn.
 *
 * <p>All of it only widens the interval between the two bounds of a lag: neither is ever wrong by
 * it, for both stand by the questions that were asked.
 */
public final class PollSpacing {
  static final int SAVED_QUESTIONS = 4;

  private static final long LONGEST_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long NO_REST_BELOW_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long SHORTEST_REST_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

  /** Without a budget a key for so long, which is 2 % where it costs a microsecond. */
  private static final long NANOS_OF_CYCLE_PER_KEY = TimeUnit.MICROSECONDS.toNanos(50);

  private static final int PART_OF_LAG = 100;
  private static final int PART_OF_LAG_UNLIMITED = 1000;

  private final ProbeBudget budget;
  private final QuestionCost cost;
  private final long saved;
  private boolean begun;
  private long earnedAt;

  public PollSpacing(ProbeBudget budget, QuestionCost cost) {
    this.budget = budget;
    this.cost = cost;
    this.saved = SAVED_QUESTIONS * questionEveryNanos();
  }

  /** How often a poll for no key is earned; 0 without a budget. */
  public long questionEveryNanos() {
    return Math.min(LONGEST_REST_NANOS, (long) budget.nanosFor((double) cost.questionNanos()));
  }

  /** A poll for so many keys has begun. */
  public void asked(long begin, int keys) {
    spent(begin, budget.nanosFor((double) cost.nanos(1, keys)));
  }

  /** The replica has told of so many arrivals by itself. */
  public void told(long now, long pushes) {
    if (pushes > 0) {
      spent(now, budget.nanosFor((double) cost.pushesNanos(pushes)));
    }
  }

  private void spent(long now, double worthNanos) {
    if (!begun) {
      begun = true;
      earnedAt = now - saved;
    }
    long from = earnedAt - (now - saved) < 0 ? now - saved : earnedAt;
    long longest = now + LONGEST_REST_NANOS;
    long next = from + (long) Math.min(worthNanos, 2.0 * LONGEST_REST_NANOS);
    earnedAt = next - longest > 0 ? longest : next;
  }

  /**
   * When the next poll may begin.
   *
   * @param lastEnd when the last one had ended
   * @param lag how far behind the replica seems to be by then
   */
  public long nextAt(long lastEnd, long lag) {
    long byLag = lastEnd + restNanos(lag);
    return begun && budget.isLimited() && earnedAt - byLag > 0 ? earnedAt : byLag;
  }

  private long restNanos(long lag) {
    if (lag < NO_REST_BELOW_NANOS) {
      return 0;
    }
    long part = lag / (budget.isLimited() ? PART_OF_LAG : PART_OF_LAG_UNLIMITED);
    return Math.max(SHORTEST_REST_NANOS, Math.min(LONGEST_REST_NANOS, part));
  }

  /**
   * How long must have passed for each key that a poll asks for beyond the fewest: all of them are
   * to cost no more than half of the budget.
   */
  public long nanosPerKey() {
    return budget.isLimited()
        ? Math.max(1, (long) (2 * budget.nanosFor((double) cost.keyNanos())))
        : NANOS_OF_CYCLE_PER_KEY;
  }
}
