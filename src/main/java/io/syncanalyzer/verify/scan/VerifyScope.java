package io.syncanalyzer.verify.scan;

import io.syncanalyzer.redis.Bytes;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Which keys are looked at.
 *
 * @param database logical database; empty = all
 * @param match glob that a key must match, as {@code SCAN MATCH} has it; empty = any
 * @param exclude glob that a key must not match; empty = none
 * @param types as {@code TYPE} prints them; empty = all
 * @param samplePercent how many of a hundred keys, more than 0 to 100, picked by their hash so that
 *     both sides pick the same
 */
public record VerifyScope(
    OptionalInt database,
    Optional<Bytes> match,
    Optional<Bytes> exclude,
    Set<String> types,
    double samplePercent) {
  /** Every key of every database. */
  public static final VerifyScope EVERYTHING =
      new VerifyScope(OptionalInt.empty(), Optional.empty(), Optional.empty(), Set.of(), 100);

  public VerifyScope {
    types = Set.copyOf(types);
    if (!(samplePercent > 0 && samplePercent <= 100)) {
      throw new IllegalArgumentException(
          "--sample " + samplePercent + " is not more than 0 and at most 100");
    }
    if (database.isPresent() && database.getAsInt() < 0) {
      throw new IllegalArgumentException("--db " + database.getAsInt() + " is negative");
    }
  }

  /** Every key of one database. */
  public static VerifyScope ofDatabase(int database) {
    return new VerifyScope(
        OptionalInt.of(database), Optional.empty(), Optional.empty(), Set.of(), 100);
  }

  /** Whether any key of the databases may be left out. */
  public boolean leavesOut() {
    return match.isPresent() || exclude.isPresent() || !types.isEmpty() || samplePercent < 100;
  }
}
