package io.syncanalyzer.probe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The limits that lag must keep, all of them on the upper bound.
 *
 * <p>They hold for the measured phases (load and probe), on every replica. Where there are too few
 * samples for a p99, the greatest is judged in its place. A figure known only as "at least" breaks
 * a limit that lies at or below it; a limit beyond the observe timeout can therefore not be shown
 * broken by sentinels never seen, for which {@code maxLost} is there.
 *
 * @param maxLagP99 greatest p99 allowed
 * @param maxLag greatest lag allowed
 * @param maxLost most sentinels that may be acknowledged by the source and never seen
 */
public record LagLimits(
    Optional<Duration> maxLagP99, Optional<Duration> maxLag, Optional<Long> maxLost) {
  /** No limits. */
  public static final LagLimits NONE =
      new LagLimits(Optional.empty(), Optional.empty(), Optional.empty());

  public LagLimits {
    maxLagP99.ifPresent(limit -> requirePositive("--max-lag-p99", limit));
    maxLag.ifPresent(limit -> requirePositive("--max-lag", limit));
    if (maxLost.isPresent() && maxLost.get() < 0) {
      throw new IllegalArgumentException("--max-lost is negative");
    }
  }

  /**
   * A limit that was not kept.
   *
   * @param limit the option, such as {@code --max-lag}
   * @param line which, where, and by how much, in one line
   */
  public record Broken(String phase, String replica, String limit, String line) {}

  private static void requirePositive(String option, Duration limit) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException(option + " must be above 0");
    }
  }

  /** The limits that a summary breaks. */
  public List<Broken> broken(LagSummary summary) {
    List<Broken> broken = new ArrayList<>();
    for (LagPhase phase : summary.phases()) {
      if (phase.phase().equals(ProbePhase.LOAD.label())
          || phase.phase().equals(ProbePhase.PROBE.label())) {
        maxLagP99.ifPresent(limit -> checkP99(phase, limit, broken));
        maxLag.ifPresent(
            limit ->
                check(phase, "--max-lag", "max upper", phase.row("max").upper(), limit, broken));
        maxLost.ifPresent(limit -> checkLost(phase, limit, broken));
      }
    }
    return broken;
  }

  private static void checkP99(LagPhase phase, Duration limit, List<Broken> broken) {
    LagValue p99 = phase.row("99").upper();
    if (p99 instanceof LagValue.TooFew) {
      check(
          phase,
          "--max-lag-p99",
          "max upper (too few samples for a p99)",
          phase.row("max").upper(),
          limit,
          broken);
    } else {
      check(phase, "--max-lag-p99", "p99 upper", p99, limit, broken);
    }
  }

  private static void check(
      LagPhase phase,
      String option,
      String figure,
      LagValue value,
      Duration limit,
      List<Broken> broken) {
    long limitNanos = limit.toNanos();
    if (value instanceof LagValue.Known known && known.nanos() > limitNanos) {
      broken.add(
          new Broken(
              phase.phase(),
              phase.replica(),
              option,
              String.format(
                  Locale.ROOT,
                  "%s on %s: %s is %.3f ms, %.3f ms above %s",
                  phase.phase(),
                  phase.replica(),
                  figure,
                  known.nanos() / 1e6,
                  (known.nanos() - limitNanos) / 1e6,
                  option)));
    } else if (value instanceof LagValue.AtLeast bound && bound.nanos() >= limitNanos) {
      broken.add(
          new Broken(
              phase.phase(),
              phase.replica(),
              option,
              String.format(
                  Locale.ROOT,
                  "%s on %s: %s is %.3f ms or more, at least %.3f ms above %s",
                  phase.phase(),
                  phase.replica(),
                  figure,
                  bound.nanos() / 1e6,
                  (bound.nanos() - limitNanos) / 1e6,
                  option)));
    }
  }

  private static void checkLost(LagPhase phase, long limit, List<Broken> broken) {
    long lost = phase.accounting().censored();
    if (lost > limit) {
      broken.add(
          new Broken(
              phase.phase(),
              phase.replica(),
              "--max-lost",
              String.format(
                  Locale.ROOT,
                  "%s on %s: %d sentinels never seen, %d more than --max-lost",
                  phase.phase(),
                  phase.replica(),
                  lost,
                  lost - limit)));
    }
  }
}
