package io.syncanalyzer.load;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * How far the load is, about once a second.
 *
 * @param elapsed since the load's start
 * @param expected how long it will last; zero = unknown (a number of requests was asked for)
 * @param operations done so far
 * @param opsPerS in the last second
 * @param avgMs mean latency of the last second, milliseconds; {@code NaN} = unknown
 * @param errorReplies so far
 * @param connectionErrors so far
 * @param step which step of the ramp, from 1
 */
public record LoadProgress(
    Duration elapsed,
    Duration expected,
    long operations,
    double opsPerS,
    double avgMs,
    long errorReplies,
    long connectionErrors,
    OptionalInt step) {
  /** How much of it is done, 0 to 100; 0 where that is unknown. */
  public int percent() {
    return expected.isZero()
        ? 0
        : (int) Math.min(100, 100 * elapsed.toMillis() / Math.max(1, expected.toMillis()));
  }
}
