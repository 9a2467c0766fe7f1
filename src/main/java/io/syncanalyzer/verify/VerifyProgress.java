package io.syncanalyzer.verify;

import java.time.Duration;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How far a verification has come.
 *
 * @param step what it does, in words
 * @param keysDone keys looked at so far, repeats of SCAN included
 * @param keysTotal keys to look at as the servers' DBSIZE has it
 * @param suspects keys that differed at first sight and are not settled
 * @param mismatches confirmed ones
 * @param elapsed since the start
 */
public record VerifyProgress(
    String step,
    long keysDone,
    OptionalLong keysTotal,
    long suspects,
    long mismatches,
    Duration elapsed) {
  public VerifyProgress {
    Objects.requireNonNull(step, "step is null");
    Objects.requireNonNull(keysTotal, "keysTotal is null");
    Objects.requireNonNull(elapsed, "elapsed is null");
  }

  /** Keys per second so far. */
  public double keysPerSecond() {
    double seconds = elapsed.toNanos() / 1e9;
    return seconds > 0 ? keysDone / seconds : 0;
  }

  /** How much is done, 0 to 100; empty where the total is unknown. */
  public OptionalDouble percent() {
    return keysTotal.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            keysTotal.getAsLong() == 0
                ? 100
                : Math.min(100.0, 100.0 * keysDone / keysTotal.getAsLong()));
  }

  /** How long the rest takes at this pace; empty where it cannot be told. */
  public java.util.Optional<Duration> remaining() {
    double pace = keysPerSecond();
    return keysTotal.isEmpty() || pace <= 0
        ? java.util.Optional.empty()
        : java.util.Optional.of(
            Duration.ofMillis(
                (long) (1000 * Math.max(0, keysTotal.getAsLong() - keysDone) / pace)));
  }
}
