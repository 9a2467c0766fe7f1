package io.syncanalyzer.load.output;

import org.jspecify.annotations.Nullable;

/** Numbers as memtier prints them: {@code ---} and {@code -nan} are unknown. */
final class MemtierNumber {
  private MemtierNumber() {}

  /** The number, or {@code NaN} where the text is none. */
  static double of(@Nullable String text) {
    if (text == null || !text.matches("-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?")) {
      return Double.NaN;
    }
    return Double.parseDouble(text);
  }
}
