package io.syncanalyzer.result.verify;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code verify.csv}: the keys of one type with one verdict, or libraries of functions.
 *
 * @param type as {@code TYPE} prints it, of the source, or of the replica where only that has the
 *     key; {@code unknown} where it could not be read; {@link #FUNCTION} of libraries
 * @param verdict what was said of them
 * @param keys how many, each counted once
 * @param elements fields, members or entries in them; a string is one. Null where unknown: of a
 *     module's type, whose elements no command counts, or where that may not be asked
 * @param bytes of values as they were compared on the source: of a string its length, of a payload
 *     its length, of elements that were read the sum of theirs. Null where unknown
 * @param replica the replica's address; null where there is but one
 */
public record VerifyRow(
    String type,
    KeyVerdict verdict,
    long keys,
    @Nullable Long elements,
    @Nullable Long bytes,
    @Nullable String replica) {
  /** The type of the rows that count libraries of functions. */
  public static final String FUNCTION = "function";

  public VerifyRow {
    Objects.requireNonNull(type, "type is null");
    Objects.requireNonNull(verdict, "verdict is null");
  }

  /** Of the one replica that there is. */
  public VerifyRow(
      String type, KeyVerdict verdict, long keys, @Nullable Long elements, @Nullable Long bytes) {
    this(type, verdict, keys, elements, bytes, null);
  }

  /** The same, of one of several replicas. */
  public VerifyRow of(@Nullable String oneReplica) {
    return new VerifyRow(type, verdict, keys, elements, bytes, oneReplica);
  }

  /**
   * How many there are of each verdict but {@code EQUAL}, over all types, libraries of functions
   * among them; verdicts that nothing has are left out.
   */
  public static Map<KeyVerdict, Long> unequal(Collection<VerifyRow> rows) {
    Map<KeyVerdict, Long> sums = new EnumMap<>(KeyVerdict.class);
    for (VerifyRow row : rows) {
      if (row.verdict() != KeyVerdict.EQUAL && row.keys() > 0) {
        sums.merge(row.verdict(), row.keys(), Long::sum);
      }
    }
    return sums;
  }

  /** Whether it counts keys, and not libraries of functions. */
  public boolean isOfKeys() {
    return !type.equals(FUNCTION);
  }
}
