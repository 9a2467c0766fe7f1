package io.syncanalyzer.report;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A limit that was asked for, and how the run stands to it.
 *
 * @param option the option that set it
 * @param allowed what it allows, with its unit
 * @param measured what was measured, with its unit
 * @param kept whether it was kept; null where that cannot be told
 * @param words one sentence that says which, by how much
 */
public record Limit(
    String option, String allowed, String measured, @Nullable Boolean kept, String words) {

  /** {@code --max-lag-p99}: the upper bound of p99 beside the load. */
  public static Limit maxLagP99(Duration allowed, @Nullable LagReport lag) {
    return ofLag("--max-lag-p99", "p99", "99", allowed, lag);
  }

  /** {@code --max-lag}: the upper bound of the largest lag beside the load. */
  public static Limit maxLag(Duration allowed, @Nullable LagReport lag) {
    return ofLag("--max-lag", "largest", "max", allowed, lag);
  }

  /** {@code --max-lost}: sentinels never seen, over all phases. */
  public static Limit maxLost(long allowed, @Nullable LagReport lag) {
    String option = "--max-lost";
    if (lag == null || lag.accounting().isEmpty()) {
      return unknown(option, Numbers.words(allowed), "no lag was measured");
    }
    long lost = lag.censored();
    return new Limit(
        option,
        Numbers.words(allowed),
        Numbers.words(lost),
        lost <= allowed,
        Numbers.count(lost, "sentinel")
            + " never seen, "
            + option
            + " allows "
            + Numbers.words(allowed));
  }

  private static Limit ofLag(
      String option, String name, String percentile, Duration allowed, @Nullable LagReport lag) {
    double allowedMicros = allowed.toNanos() / 1e3;
    String allows = Numbers.micros(allowedMicros);
    if (lag == null || lag.mainPhase() == null) {
      return unknown(option, allows, "no lag was measured");
    }
    LagReport.Percentile row = lag.percentile(lag.mainPhase(), percentile);
    LagBound upper = row == null ? null : row.upper();
    if (upper == null) {
      return unknown(option, allows, "too few sentinels were seen for a " + name + " lag");
    }
    String measured = (upper.atLeast() ? ">= " : "") + Numbers.micros(upper.micros());
    boolean over = upper.micros() > allowedMicros;
    if (upper.atLeast() && !over) {
      return unknown(
          option, allows, "the " + name + " lag is " + measured + ", beyond the observe timeout");
    }
    String words =
        "the " + name + " lag is at most " + measured + ", " + option + " allows " + allows;
    if (upper.atLeast()) {
      words = "the " + name + " lag is " + measured + ", " + option + " allows " + allows;
    } else if (over) {
      words += String.format(Locale.ROOT, " (%.1f times)", upper.micros() / allowedMicros);
    }
    return new Limit(option, allows, measured, !over, words);
  }

  private static Limit unknown(String option, String allowed, String why) {
    return new Limit(option, allowed, "", null, option + " " + allowed + " cannot be told: " + why);
  }
}
