package io.syncanalyzer.run.verify;

import io.syncanalyzer.verify.settle.Settling;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
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
   * @param database a number or {@code all}; empty = as {@code all}
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
    /** Every key of every database. */
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

    /** The same keys of one database. */
    public Scope inDatabase(int number) {
      return new Scope(Optional.of(Integer.toString(number)), match, exclude, types, samplePercent);
    }

    /** The database that is asked for; empty = every one that holds keys. */
    OptionalInt oneDatabase() {
      return database
          .filter(asked -> !asked.equals("all"))
          .map(asked -> OptionalInt.of(Integer.parseInt(asked)))
          .orElse(OptionalInt.empty());
    }

    /** Whether some keys of the databases may be left out. */
    boolean leavesOut() {
      return match.isPresent() || exclude.isPresent() || !types.isEmpty() || samplePercent < 100;
    }

    /** The share as one writes it. */
    String plainPercent() {
      return BigDecimal.valueOf(samplePercent).stripTrailingZeros().toPlainString();
    }

    /** Which of their keys, to follow what names the databases; empty = all. */
    String whichKeys() {
      StringBuilder words = new StringBuilder();
      match.ifPresent(glob -> words.append(", keys matching ").append(glob));
      exclude.ifPresent(glob -> words.append(", without keys matching ").append(glob));
      if (!types.isEmpty()) {
        words.append(", types ").append(String.join(", ", types));
      }
      if (samplePercent < 100) {
        words.append(", a sample of " + plainPercent() + " %");
      }
      return words.toString();
    }
  }

  /** The same on other keys. */
  public VerifySettings of(Scope other) {
    return new VerifySettings(settling, rate, maxMismatches, other);
  }
}
