package io.syncanalyzer.verify;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * A row of verify.csv: the keys of one type with one verdict.
 *
 * @param type as {@code TYPE} prints it, of the source, or of the replica where only that has the
 *     key; {@code unknown} where it could not be read
 * @param verdict what was said of them
 * @param keys how many, each counted once
 * @param elements fields, members or entries in them; a string is one. Empty where unknown: of a
 *     module's type, whose elements no command counts, or where that may not be asked
 * @param bytes of values as they were compared on the source: of a string its length, of a payload
 *     its length, of elements that were read the sum of theirs. Empty where unknown
 */
public record VerifyRow(
    String type, Verdict verdict, long keys, OptionalLong elements, OptionalLong bytes) {
  public VerifyRow {
    Objects.requireNonNull(type, "type is null");
    Objects.requireNonNull(verdict, "verdict is null");
    Objects.requireNonNull(elements, "elements is null");
    Objects.requireNonNull(bytes, "bytes is null");
    if (keys < 1) {
      throw new IllegalArgumentException("a row of " + keys + " keys");
    }
  }
}
