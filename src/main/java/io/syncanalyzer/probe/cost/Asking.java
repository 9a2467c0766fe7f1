package io.syncanalyzer.probe.cost;

/**
 * How one replica is asked: how much it may cost, what it costs there, and how often there is
 * something to ask for.
 *
 * @param sentinelEveryNanos how long from one sentinel to the next
 */
public record Asking(ProbeBudget budget, QuestionCost cost, double sentinelEveryNanos) {
  /** As often as it can. */
  public static final Asking UNLIMITED = new Asking(ProbeBudget.UNLIMITED, QuestionCost.ASSUMED, 1);

  /** The rule by which polls are spaced; for one observer. */
  public PollSpacing spacing() {
    return new PollSpacing(budget, cost);
  }

  /** The rule by which a sentinel is first asked for; for one observer. */
  public FirstLook firstLook() {
    return new FirstLook(spacing().questionEveryNanos(), sentinelEveryNanos);
  }
}
