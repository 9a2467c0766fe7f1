package io.syncanalyzer.verify.scan;

import io.syncanalyzer.redis.Bytes;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which keys are looked at.
 *
 * @param database logical database; null = all
 * @param match glob that a key must match, as {@code SCAN MATCH} has it; null = any
 * @param exclude glob that a key must not match; null = none
 * @param types as {@code TYPE} prints them, in the order they were named; empty = all
 * @param samplePercent how many of a hundred keys, more than 0 to 100, picked by their hash so that
 *     both sides pick the same
 */
public record VerifyScope(
    @Nullable Integer database,
    @Nullable Bytes match,
    @Nullable Bytes exclude,
    Set<String> types,
    double samplePercent) {
  /** Every key of every database. */
  public static final VerifyScope EVERYTHING = new VerifyScope(null, null, null, Set.of(), 100);

  public VerifyScope {
    types = Collections.unmodifiableSet(new LinkedHashSet<>(types));
    if (!(samplePercent > 0 && samplePercent <= 100)) {
      throw new IllegalArgumentException(samplePercent + " is not above 0 and at most 100 percent");
    }
    if (database != null && database < 0) {
      throw new IllegalArgumentException("database " + database + " is negative");
    }
  }

  /** Every key of one database. */
  public static VerifyScope ofDatabase(int database) {
    return EVERYTHING.inDatabase(database);
  }

  /** The same keys of one database. */
  public VerifyScope inDatabase(int number) {
    return new VerifyScope(number, match, exclude, types, samplePercent);
  }

  /** Whether any key of the databases may be left out. */
  public boolean leavesOut() {
    return match != null || exclude != null || !types.isEmpty() || samplePercent < 100;
  }

  /** The share as one writes it. */
  public String plainPercent() {
    return BigDecimal.valueOf(samplePercent).stripTrailingZeros().toPlainString();
  }

  /** Which of their keys, in words, to follow what names the databases; empty = all. */
  public String whichKeys() {
    StringBuilder words = new StringBuilder();
    if (match != null) {
      words.append(", keys matching ").append(match.asUtf8());
    }
    if (exclude != null) {
      words.append(", without keys matching ").append(exclude.asUtf8());
    }
    if (!types.isEmpty()) {
      words.append(", types ").append(String.join(", ", types));
    }
    if (samplePercent < 100) {
      words.append(", a sample of ").append(plainPercent()).append(" %");
    }
    return words.toString();
  }
}
