package io.syncanalyzer.run;

import io.syncanalyzer.verify.FenceMode;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How both sides are to be compared.
 *
 * @param ttlTolerance how far apart expiries may be
 * @param settleRounds how often a suspect is looked at again
 * @param fence how it is proved that the replica has caught up
 * @param fenceTimeout how long one passage of it may take
 * @param rate keys per second at most
 * @param maxMismatches after how many to stop
 * @param pauseWrites whether the last suspects are settled with the source's writes paused
 * @param scope which keys
 */
public record VerifySettings(
    Duration ttlTolerance,
    int settleRounds,
    FenceMode fence,
    Duration fenceTimeout,
    OptionalLong rate,
    OptionalLong maxMismatches,
    boolean pauseWrites,
    Scope scope) {
  public VerifySettings {
    Objects.requireNonNull(fence, "fence is null");
    Objects.requireNonNull(scope, "scope is null");
  }

  /**
   * Which keys; empty = no bound.
   *
   * @param database a number or {@code all}; empty = the endpoints' own
   * @param match only keys of this glob
   * @param exclude no key of this glob
   * @param types only these types
   * @param samplePercent share of the keys, by their hash
   */
  public record Scope(
      Optional<String> database,
      Optional<String> match,
      Optional<String> exclude,
      List<String> types,
      double samplePercent) {
    /** Every key of the endpoints' databases. */
    public static final Scope EVERYTHING =
        new Scope(Optional.empty(), Optional.empty(), Optional.empty(), List.of(), 100);

    public Scope {
      types = List.copyOf(types);
      if (database.isPresent() && !database.get().matches("all|\\d{1,9}")) {
        throw new IllegalArgumentException(
            "--db: `" + database.get() + "` is neither a number nor all");
      }
      if (!(samplePercent > 0 && samplePercent <= 100)) {
        throw new IllegalArgumentException(
            "--sample: " + samplePercent + " is not above 0 and at most 100 percent");
      }
    }
  }

  /** The same on other keys. */
  public VerifySettings of(Scope other) {
    return new VerifySettings(
        ttlTolerance, settleRounds, fence, fenceTimeout, rate, maxMismatches, pauseWrites, other);
  }
}
