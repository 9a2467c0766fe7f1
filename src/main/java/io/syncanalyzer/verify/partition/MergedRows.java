package io.syncanalyzer.verify.partition;

import io.syncanalyzer.result.verify.VerifyRow;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Adds the rows of many verifications up. */
final class MergedRows {
  private static final Comparator<VerifyRow> ORDER =
      Comparator.comparing(VerifyRow::type).thenComparing(VerifyRow::verdict);

  private MergedRows() {}

  /** A row for each type and verdict, in that order; what one does not know, their sum does not. */
  static List<VerifyRow> of(Stream<VerifyRow> rows) {
    Map<VerifyRow, VerifyRow> sums = new TreeMap<>(ORDER);
    rows.forEach(row -> sums.merge(row, row, MergedRows::sum));
    return List.copyOf(sums.values());
  }

  private static VerifyRow sum(VerifyRow one, VerifyRow other) {
    return new VerifyRow(
        one.type(),
        one.verdict(),
        one.keys() + other.keys(),
        sum(one.elements(), other.elements()),
        sum(one.bytes(), other.bytes()));
  }

  private static @Nullable Long sum(@Nullable Long one, @Nullable Long other) {
    return one == null || other == null ? null : Long.valueOf(one + other);
  }
}
