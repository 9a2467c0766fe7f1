package io.syncanalyzer.run.load;

import io.syncanalyzer.insert.load.JmhLoadProgress;
import io.syncanalyzer.load.LoadProgress;
import io.syncanalyzer.redis.Counted;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How the load does, for the console.
 *
 * @param percent 0 to 100 of its time; 0 where that is unknown
 * @param words rate, latency and errors
 */
public record LoadLine(int percent, String words) {
  private static final long LATE_NANOS = 100_000_000L;

  static LoadLine of(LoadProgress heard) {
    return new LoadLine(
        heard.percent(),
        words(
            heard.opsPerS(),
            Double.isNaN(heard.avgMs()) ? null : heard.avgMs(),
            heard.errorReplies(),
            heard.connectionErrors()));
  }

  static LoadLine of(JmhLoadProgress heard) {
    return new LoadLine(
        0,
        words(
                heard.last().opsPerS() == null ? 0 : heard.last().opsPerS(),
                heard.last().meanNanos() == null ? null : heard.last().meanNanos() / 1e6,
                heard.errorReplies(),
                heard.connectionErrors())
            + late(heard.pace()));
  }

  /** How far an open loop is behind, where that is more than a moment. */
  private static String late(JmhLoadProgress.Pace pace) {
    return pace.slipNanos() < LATE_NANOS
        ? ""
        : String.format(Locale.ROOT, ", %.1f s late", pace.slipNanos() / 1e9);
  }

  private static String words(
      double opsPerS, @Nullable Double avgMs, long errorReplies, long connectionErrors) {
    String latency = avgMs == null ? "" : String.format(Locale.ROOT, ", %.2f ms", avgMs);
    String errors =
        errorReplies + connectionErrors == 0
            ? ""
            : ", " + Counted.words(errorReplies + connectionErrors, "error");
    return String.format(Locale.ROOT, "load %,.0f commands/s%s%s", opsPerS, latency, errors);
  }
}
