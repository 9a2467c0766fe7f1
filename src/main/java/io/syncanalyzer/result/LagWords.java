package io.syncanalyzer.result;

import io.syncanalyzer.result.figure.Bound;
import io.syncanalyzer.result.figure.Numbers;
import io.syncanalyzer.result.lag.LagAccounting;
import io.syncanalyzer.result.lag.LagPercentile;
import java.util.Locale;
import java.util.Optional;

/** What a lag came to in words, the same on the console and in summaries. */
public final class LagWords {
  /** How a table of bounds is read. */
  public static final String LEGEND =
      "lower .. upper bound of each; >= lower where some were never seen; empty = too few to tell";

  private LagWords() {}

  /** Where the sentinels went. */
  public static String accounting(LagAccounting of) {
    return String.format(
        Locale.ROOT,
        "%,d scheduled = %,d observed + %,d censored + %,d failed + %,d unknown; %,d warm-up",
        of.scheduled(),
        of.observed(),
        of.censored(),
        of.writeFailed(),
        of.writeUnknown(),
        of.warmupExcluded());
  }

  /** The shard that was furthest behind; empty where there is but one. */
  public static Optional<String> worst(LagReport lag) {
    LagPercentile worst = lag.worstShard();
    if (worst == null) {
      return Optional.empty();
    }
    int shards =
        (int) lag.accountingByShard().stream().map(LagAccounting::shard).distinct().count();
    return Optional.of(
        "worst of "
            + Numbers.count(shards, "shard")
            + ": "
            + (worst.percentile().equals("max") ? "max " : "p" + worst.percentile() + " ")
            + Bound.interval(worst.lower().micros(), worst.upper().micros(), Bound.Digits.SCREEN)
            + " ms, "
            + worst.shard()
            + (worst.replica() == null ? "" : " on " + worst.replica()));
  }
}
