package io.syncanalyzer.report;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A value as a cell of the page has it: like {@link Cell}, with fewer digits and grouped. */
final class PageCell {
  private PageCell() {}

  static String of(String column, @Nullable Object value) {
    if (value instanceof Double number) {
      double size = Math.abs(number);
      if (size >= 1000) {
        return String.format(Locale.ROOT, "%,.0f", number);
      }
      return Numbers.plain(
          size >= 100 ? Math.rint(number * 10) / 10 : Math.rint(number * 1000) / 1000);
    }
    if (value instanceof Long number && !column.equals("epoch_ms")) {
      return Numbers.words(number);
    }
    return Cell.of(value);
  }
}
