package io.syncanalyzer.report.files;

import io.syncanalyzer.result.figure.Measure;
import io.syncanalyzer.result.figure.Numbers;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A value as a cell of the page has it: like {@link Cell}, with fewer digits and grouped. Bounds
 * are rounded outward, as in the files.
 */
public final class PageCell {
  private PageCell() {}

  /** The value of a column; of figures the measure tells which way they are rounded. */
  public static String of(String column, @Nullable Object value, Measure measure) {
    if (value instanceof Double number) {
      return of(column, Numbers.exact(number), measure);
    }
    if (value instanceof BigDecimal exact) {
      double size = Math.abs(exact.doubleValue());
      int decimals = size >= 1000 ? 0 : size >= 100 ? 1 : 3;
      BigDecimal rounded = exact.setScale(decimals, measure.rounding());
      return size >= 1000
          ? String.format(Locale.ROOT, "%,.0f", rounded)
          : rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
    if (value instanceof Long number && !column.equals("epoch_ms")) {
      return Numbers.words(number);
    }
    return Cell.of(value);
  }
}
