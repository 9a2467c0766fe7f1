package io.syncanalyzer.verify.settle;

import io.syncanalyzer.fence.FenceMode;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How suspects are settled.
 *
 * @param fence how it is proved that the replica has all that the source had
 * @param fenceTimeout how long one passage may take
 * @param rounds how often a key that keeps changing is looked at, 1 or more
 * @param ttlTolerance how far apart equal expiries may be
 * @param pauseWrites where present, the last suspects are settled under {@code CLIENT PAUSE …
 *     WRITE} on the source, which lasts at most this long at a time
 */
public record SettleSettings(
    FenceMode fence,
    Duration fenceTimeout,
    int rounds,
    Duration ttlTolerance,
    Optional<Duration> pauseWrites) {
  /** For one passage, where nobody says otherwise. */
  public static final int FENCE_SECONDS = 60;

  /** Between expiries that count as equal, where nobody says otherwise. */
  public static final int TOLERANCE_SECONDS = 1;

  /** Three rounds by the best fence there is, no pause. */
  public static final SettleSettings DEFAULT =
      new SettleSettings(
          FenceMode.AUTO,
          Duration.ofSeconds(FENCE_SECONDS),
          3,
          Duration.ofSeconds(TOLERANCE_SECONDS),
          Optional.empty());

  public SettleSettings {
    Objects.requireNonNull(fence, "fence is null");
    Objects.requireNonNull(fenceTimeout, "fenceTimeout is null");
    Objects.requireNonNull(ttlTolerance, "ttlTolerance is null");
    Objects.requireNonNull(pauseWrites, "pauseWrites is null");
    if (fenceTimeout.isNegative() || fenceTimeout.isZero()) {
      throw new IllegalArgumentException("0 leaves no time to pass a fence");
    }
    if (rounds < 1) {
      throw new IllegalArgumentException(rounds + " is less than 1");
    }
    if (ttlTolerance.isNegative()) {
      throw new IllegalArgumentException("a tolerance is not negative");
    }
  }

  /** The same with another fence. */
  public SettleSettings withFence(FenceMode other) {
    return new SettleSettings(other, fenceTimeout, rounds, ttlTolerance, pauseWrites);
  }

  /** The same with so much time for a fence. */
  public SettleSettings withFenceTimeout(Duration other) {
    return new SettleSettings(fence, other, rounds, ttlTolerance, pauseWrites);
  }

  /** The same with so many rounds. */
  public SettleSettings withRounds(int other) {
    return new SettleSettings(fence, fenceTimeout, other, ttlTolerance, pauseWrites);
  }

  /** The same with another tolerance. */
  public SettleSettings withTtlTolerance(Duration other) {
    return new SettleSettings(fence, fenceTimeout, rounds, other, pauseWrites);
  }

  /** The same, the last suspects settled while writes are paused, for so long at a time. */
  public SettleSettings pausingWrites(Duration longest) {
    return new SettleSettings(fence, fenceTimeout, rounds, ttlTolerance, Optional.of(longest));
  }
}
