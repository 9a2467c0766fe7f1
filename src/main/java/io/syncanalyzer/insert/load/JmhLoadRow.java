package io.syncanalyzer.insert.load;

import org.jspecify.annotations.Nullable;

/**
 * A command of the load, from exact counts and its own histogram.
 *
 * <p>The latency of a command in a pipeline counts from the moment its pipeline began to leave.
 *
 * @param command in upper case; {@link #TOTALS} for all of them together
 * @param count commands answered without error
 * @param opsPerS those, per second
 * @param avgMs mean latency, milliseconds; {@code NaN} where {@code count} is 0, as the others
 * @param kbPerS kilobytes (1024) per second on the wire, both directions
 * @param connectionErrors connections lost or not made; known for {@link #TOTALS} and 0 elsewhere
 * @param errorReplies commands that the source answered with an error
 * @param writes whether the command changes data or else only looks; null for {@link #TOTALS}
 */
public record JmhLoadRow(
    String command,
    long count,
    double opsPerS,
    double avgMs,
    double p50Ms,
    double p90Ms,
    double p99Ms,
    double p999Ms,
    double maxMs,
    double kbPerS,
    long connectionErrors,
    long errorReplies,
    @Nullable Boolean writes) {
  /** The command of the row that sums up all commands. */
  public static final String TOTALS = "Totals";
}
