package io.syncanalyzer.load.output;

import io.syncanalyzer.load.output.MemtierOutput.Part;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How long memtier really ran, and so what its rates are.
 *
 * <p>memtier divides its counts by the difference of its connections' average start and end, and
 * averages seconds and microseconds apart, in whole numbers ({@code timeval_factorial_average} in
 * its {@code run_stats.cpp}). Where the connections start or end around the turn of a second, its
 * duration is up to a second off: a test of 2 s may show twice its rate. Its progress lines average
 * durations, not times of day, and are right.
 *
 * @param millis how long it ran; {@code NaN} = unknown
 * @param factor what memtier's rates are to be multiplied by
 * @param warnings where they are wrong, one line
 */
record MeasuredTime(double millis, double factor, List<String> warnings) {
  private static final double CLOSE_ENOUGH = 0.02;

  static MeasuredTime of(Optional<Part> totals, double toldMillis, StderrReading stderr) {
    double told = toldMillis > 0 ? toldMillis : Double.NaN;
    List<StderrReading.Tick> ticks = stderr.ticks();
    if (totals.isEmpty() || ticks.isEmpty() || totals.get().count().isEmpty()) {
      return new MeasuredTime(told, 1, List.of());
    }
    StderrReading.Tick last = ticks.get(ticks.size() - 1);
    long count = totals.get().count().getAsLong();
    boolean whole =
        last.run() == 1 && last.avgOpsPerS() > 0 && Math.abs(count - last.ops()) <= count * 0.001;
    if (!whole || totals.get().opsPerS() <= 0) {
      // Interrupted, or repeated: no line tells the whole of it.
      return new MeasuredTime(told, 1, List.of());
    }
    double rate = (double) last.avgOpsPerS() * count / last.ops();
    double factor = rate / totals.get().opsPerS();
    if (Math.abs(factor - 1) <= CLOSE_ENOUGH) {
      return new MeasuredTime(told, 1, List.of());
    }
    double millis = count / rate * 1000;
    return new MeasuredTime(
        millis,
        factor,
        List.of(
            String.format(
                Locale.ROOT,
                "memtier's table is %.2f times too %s in its rates: it divides %d operations by %.3f s,"
                    + " but they took %.3f s (load.csv has the rates over the latter)",
                Math.max(factor, 1 / factor),
                factor < 1 ? "high" : "low",
                count,
                count / totals.get().opsPerS(),
                millis / 1000)));
  }

  Part corrected(Part part) {
    return factor == 1
        ? part
        : new Part(
            part.command(),
            part.count(),
            part.opsPerS() * factor,
            part.avgMs(),
            part.p50Ms(),
            part.p90Ms(),
            part.p99Ms(),
            part.p999Ms(),
            part.maxMs(),
            part.kbPerS() * factor,
            part.connectionErrors(),
            part.histogram());
  }
}
