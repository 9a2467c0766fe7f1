package io.syncanalyzer.load;

import io.syncanalyzer.load.proof.CommandKind;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A command of the load: a row of {@code load.csv}. Unknown is {@code NaN} or empty, never 0.
 *
 * @param engine who wrote it
 * @param command the command's name in upper case, such as {@code HSET}; {@link #TOTALS} for all of
 *     them together
 * @param count operations done
 * @param opsPerS operations per second
 * @param avgMs mean latency, milliseconds
 * @param p50Ms percentiles of the latency, milliseconds, from the histogram where there is one
 * @param maxMs largest latency, milliseconds
 * @param kbPerS kilobytes per second, both directions
 * @param connectionErrors connections that failed
 * @param errorReplies operations that the source answered with an error
 * @param step which step of the ramp, from 1; empty without a ramp
 * @param askedOpsPerS the total rate asked for; empty = as fast as it goes
 * @param kind whether the command writes; empty = not known, or the row sums up several
 */
public record LoadRow(
    LoadEngine engine,
    String command,
    OptionalLong count,
    double opsPerS,
    double avgMs,
    double p50Ms,
    double p90Ms,
    double p99Ms,
    double p999Ms,
    double maxMs,
    double kbPerS,
    OptionalLong connectionErrors,
    OptionalLong errorReplies,
    OptionalInt step,
    OptionalLong askedOpsPerS,
    Optional<CommandKind> kind) {
  /** The command of the row that sums up all commands. */
  public static final String TOTALS = "Totals";

  public LoadRow {
    Objects.requireNonNull(engine, "engine is null");
    if (command.isBlank()) {
      throw new IllegalArgumentException("a row of the load names no command");
    }
  }

  /** This row, its command's kind known. */
  LoadRow withKind(Optional<CommandKind> known) {
    return new LoadRow(
        engine,
        command,
        count,
        opsPerS,
        avgMs,
        p50Ms,
        p90Ms,
        p99Ms,
        p999Ms,
        maxMs,
        kbPerS,
        connectionErrors,
        errorReplies,
        step,
        askedOpsPerS,
        known);
  }

  /** Whether this row sums up all commands. */
  public boolean isTotals() {
    return command.equals(TOTALS);
  }
}
