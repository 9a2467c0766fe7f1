package io.syncanalyzer.report.files;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.LosslessText;
import io.syncanalyzer.result.figure.Measure;
import io.syncanalyzer.result.figure.Numbers;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A value as the cell of a CSV file has it. */
public final class Cell {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private Cell() {}

  /** The cell; empty for null, which is unknown. */
  public static String of(@Nullable Object value) {
    return of(value, Measure.ofColumn(""));
  }

  /** The cell of a figure so measured, or of what is none; with a decimal point. */
  public static String of(@Nullable Object value, Measure measure) {
    if (value == null) {
      return "";
    }
    if (value instanceof Double number) {
      return measure.text(Numbers.exact(number));
    }
    if (value instanceof BigDecimal exact) {
      return measure.text(exact);
    }
    if (value instanceof Number || value instanceof Boolean || value instanceof Instant) {
      return value.toString();
    }
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    if (value instanceof Bytes bytes) {
      return LosslessText.of(bytes);
    }
    if (value instanceof String text) {
      return safe(text);
    }
    throw new IllegalArgumentException("no cell for a " + value.getClass());
  }

  /**
   * Free text that no spreadsheet takes for a formula: a leading {@code =}, {@code +}, {@code -} or
   * {@code @} and every control character as {@code \xHH}. It is for words of ours and of servers;
   * keys and values go through {@link LosslessText}.
   */
  private static String safe(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean formula = i == 0 && (c == '=' || c == '+' || c == '-' || c == '@');
      if (formula || Character.isISOControl(c)) {
        out.append("\\x").append(HEX.toHexDigits((byte) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
