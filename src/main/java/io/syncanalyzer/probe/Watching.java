package io.syncanalyzer.probe;

import io.syncanalyzer.probe.cost.ProbeBudget;
import io.syncanalyzer.probe.observe.ObserverChoice;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How the replicas are watched.
 *
 * @param observer how arrivals are noticed
 * @param observeTimeout how long a sentinel may stay unseen before it is censored
 * @param recoverBelow the p99 of a second at which a replica counts as recovered; empty = not asked
 * @param budget what asking may cost each replica
 * @param asForPerSecond it is looked for as if so many sentinels were written; 0 = as many as are
 */
public record Watching(
    ObserverChoice observer,
    Duration observeTimeout,
    Optional<Duration> recoverBelow,
    ProbeBudget budget,
    double asForPerSecond) {
  /** Until a sentinel is given up, where nobody says otherwise. */
  public static final int TIMEOUT_SECONDS = 30;

  /** The best observer there is, no recovery looked for. */
  public static final Watching DEFAULT =
      new Watching(
          ObserverChoice.AUTO,
          Duration.ofSeconds(TIMEOUT_SECONDS),
          Optional.empty(),
          ProbeBudget.DEFAULT,
          0);

  public Watching {
    Objects.requireNonNull(observer, "observer is null");
    Objects.requireNonNull(budget, "budget is null");
    if (observeTimeout.isNegative() || observeTimeout.isZero()) {
      throw new IllegalArgumentException("must be above 0");
    }
  }

  /** The same by another observer. */
  public Watching by(ObserverChoice other) {
    return new Watching(other, observeTimeout, recoverBelow, budget, asForPerSecond);
  }

  /** The same with another patience. */
  public Watching withTimeout(Duration other) {
    return new Watching(observer, other, recoverBelow, budget, asForPerSecond);
  }

  /** The same with a p99 below which a replica counts as recovered. */
  public Watching recoveredBelow(Optional<Duration> limit) {
    return new Watching(observer, observeTimeout, limit, budget, asForPerSecond);
  }

  /** The same at another cost. */
  public Watching within(ProbeBudget other) {
    return new Watching(observer, observeTimeout, recoverBelow, other, asForPerSecond);
  }

  /** The same as if so many sentinels a second were written. */
  Watching asFor(double perSecond) {
    return new Watching(observer, observeTimeout, recoverBelow, budget, perSecond);
  }
}
