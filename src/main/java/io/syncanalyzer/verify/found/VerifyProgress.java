package io.syncanalyzer.verify.found;

import io.syncanalyzer.result.verify.KeyVerdict;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How far a verification has come.
 *
 * <p>Percent and the time that is left are those of the pass that goes on, by the keys that SCAN
 * has passed over: where a scope leaves most keys out, few are compared, but all are scanned.
 *
 * @param step what it does, in words
 * @param waitingFor what holds it up, in words; null where it goes on
 * @param keysDone keys looked at so far, repeats of SCAN included
 * @param keysScanned keys that the pass has passed over, in scope or not; about right where the
 *     server leaves out keys itself
 * @param keysTotal keys that the pass has to pass over, by INFO; null where hidden
 * @param suspects keys that differed at first sight and are not settled
 * @param unequal how many have each verdict but {@code EQUAL} so far; what nothing has is left out
 * @param passPace keys scanned per second of the pass; null where nobody knows: at its begin, while
 *     it does not go on, and in what is done beside it
 * @param elapsed since the start
 */
public record VerifyProgress(
    String step,
    @Nullable String waitingFor,
    long keysDone,
    long keysScanned,
    @Nullable Long keysTotal,
    long suspects,
    Map<KeyVerdict, Long> unequal,
    @Nullable Double passPace,
    Duration elapsed) {
  public VerifyProgress {
    Objects.requireNonNull(step, "step is null");
    Objects.requireNonNull(elapsed, "elapsed is null");
    unequal = Map.copyOf(unequal);
  }

  /** Confirmed mismatches so far. */
  public long mismatches() {
    return mismatches(unequal);
  }

  /** Those that are confirmed mismatches. */
  public static long mismatches(Map<KeyVerdict, Long> unequal) {
    return unequal.entrySet().stream()
        .filter(one -> one.getKey().isMismatch())
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** What several have found, as one. */
  public static Map<KeyVerdict, Long> together(Stream<Map<KeyVerdict, Long>> several) {
    Map<KeyVerdict, Long> sums = new EnumMap<>(KeyVerdict.class);
    several.forEach(one -> one.forEach((verdict, keys) -> sums.merge(verdict, keys, Long::sum)));
    return sums;
  }

  /** Keys looked at per second so far. */
  public double keysPerSecond() {
    double seconds = elapsed.toNanos() / 1e9;
    return seconds > 0 ? keysDone / seconds : 0;
  }

  /** How much of the pass is done, 0 to 100; empty where the total is unknown. */
  public OptionalDouble percent() {
    return keysTotal == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            keysTotal == 0 ? 100 : Math.min(100.0, 100.0 * keysScanned / keysTotal));
  }

  /**
   * How long the rest of the pass takes at its pace, in whole seconds, 1 at least; empty where that
   * cannot be told, as where more keys came than there were to be.
   */
  public Optional<Duration> remaining() {
    if (keysTotal == null || passPace == null || passPace <= 0 || keysScanned >= keysTotal) {
      return Optional.empty();
    }
    double seconds = (keysTotal - keysScanned) / passPace;
    return Optional.of(Duration.ofSeconds((long) Math.ceil(seconds)));
  }
}
