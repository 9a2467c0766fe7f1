package io.syncanalyzer.run;

import io.syncanalyzer.verify.Settling;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How both sides are to be compared.
 *
 * @param settling how what differs at first sight is proved
 * @param rate keys per second at most
 * @param maxMismatches after how many to stop
 * @param scope which keys
 */
public record VerifySettings(
    Settling settling, OptionalLong rate, OptionalLong maxMismatches, Scope scope) {
  public VerifySettings {
    Objects.requireNonNull(settling, "settling is null");
    Objects.requireNonNull(scope, "scope is null");
    if (rate.isPresent() && rate.getAsLong() < 1) {
      throw new IllegalArgumentException("--rate: less than 1 key per second never ends");
    }
    if (maxMismatches.isPresent() && maxMismatches.getAsLong() < 1) {
      throw new IllegalArgumentException("--max-mismatches: less than 1 stops before it starts");
    }
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
    return new VerifySettings(settling, rate, maxMismatches, other);
  }
}
