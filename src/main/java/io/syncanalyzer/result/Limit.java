package io.syncanalyzer.result;

import io.syncanalyzer.result.figure.Bound;
import io.syncanalyzer.result.figure.Numbers;
import io.syncanalyzer.result.lag.LagPercentile;
import io.syncanalyzer.result.lag.LagValue;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
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
  /** The upper bound of p99; the limit's name in every file, and that of the option. */
  public static final String MAX_LAG_P99 = "--max-lag-p99";

  /** The same of the largest lag. */
  public static final String MAX_LAG = "--max-lag";

  /** Sentinels never seen. */
  public static final String MAX_LOST = "--max-lost";

  /**
   * {@code --max-lag-p99}: the upper bound of p99 beside the load, or the lower one where that
   * alone breaks it.
   */
  public static Limit maxLagP99(Duration allowed, @Nullable LagReport lag) {
    return ofLag(MAX_LAG_P99, "p99", "99", allowed, lag);
  }

  /** {@code --max-lag}: the same of the largest lag. */
  public static Limit maxLag(Duration allowed, @Nullable LagReport lag) {
    return ofLag(MAX_LAG, "largest", "max", allowed, lag);
  }

  /** {@code --max-lost}: sentinels never seen, over all phases. */
  public static Limit maxLost(long allowed, @Nullable LagReport lag) {
    if (lag == null || lag.accounting().isEmpty()) {
      return unknown(MAX_LOST, Numbers.words(allowed), "no lag was measured");
    }
    long lost = lag.censored();
    return new Limit(
        MAX_LOST,
        Numbers.words(allowed),
        Numbers.words(lost),
        lost <= allowed,
        Numbers.count(lost, "sentinel")
            + " never seen, "
            + MAX_LOST
            + " allows "
            + Numbers.words(allowed));
  }

  private static Limit ofLag(
      String option, String name, String percentile, Duration allowed, @Nullable LagReport lag) {
    double allowedMicros = allowed.toNanos() / 1e3;
    String allows = Bound.limit(allowedMicros);
    if (lag == null || lag.mainPhase() == null) {
      return unknown(option, allows, "no lag was measured");
    }
    // Each replica by itself: that one's lag cannot be told says nothing of another's. Each shard
    // too, for who uses that one waits so long; of one with too few sentinels all together tell.
    return Stream.concat(
            lag.ofEachReplica(lag.mainPhase(), percentile).stream(),
            lag.ofEachShard(lag.mainPhase(), percentile).stream()
                .filter(row -> !(row.upper() instanceof LagValue.TooFew)))
        .map(row -> ofRow(option, named(name, row), row, allowedMicros))
        .min(Comparator.comparingInt(Limit::rank))
        .orElseGet(() -> ofRow(option, name, null, null, allowedMicros));
  }

  private static Limit ofRow(String option, String name, LagPercentile row, double allowedMicros) {
    return ofRow(option, name, row.lower().micros(), row.upper().micros(), allowedMicros);
  }

  private static String named(String name, LagPercentile row) {
    return name + (row.shard() == null ? "" : " of shard " + row.shard());
  }

  /** A broken limit is the first to be told, then one that cannot be told. */
  private int rank() {
    return kept == null ? 1 : kept ? 2 : 0;
  }

  private static Limit ofRow(
      String option,
      String name,
      @Nullable Double lower,
      @Nullable Double upper,
      double allowedMicros) {
    String allows = Bound.limit(allowedMicros);
    int of = name.indexOf(' ');
    String named =
        "the "
            + (of < 0 ? name : name.substring(0, of))
            + " lag"
            + (of < 0 ? "" : name.substring(of))
            + " is ";
    if (upper != null) {
      boolean kept = upper <= allowedMicros;
      String measured = Bound.upper(upper, allowedMicros);
      String words = named + "at most " + measured + ", " + option + " allows " + allows;
      return new Limit(option, allows, measured, kept, words + times(kept, upper, allowedMicros));
    }
    if (lower == null) {
      return unknown(option, allows, "too few sentinels were seen for a " + name + " lag");
    }
    String least = Bound.lower(lower, allowedMicros);
    String measured = ">= " + least;
    if (lower <= allowedMicros) {
      return unknown(
          option,
          allows,
          named + measured + ", for it reaches into sentinels that were never seen");
    }
    String words = named + "at least " + least + ", " + option + " allows " + allows;
    return new Limit(option, allows, measured, false, words + times(false, lower, allowedMicros));
  }

  private static String times(boolean kept, double micros, double allowedMicros) {
    return kept || allowedMicros == 0
        ? ""
        : String.format(Locale.ROOT, " (%.1f times)", micros / allowedMicros);
  }

  private static Limit unknown(String option, String allowed, String why) {
    return new Limit(option, allowed, "", null, option + " " + allowed + " cannot be told: " + why);
  }
}
