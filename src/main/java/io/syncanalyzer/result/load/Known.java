package io.syncanalyzer.result.load;

import org.jspecify.annotations.Nullable;

/** What is known of a figure. */
final class Known {
  private Known() {}

  /** The figure; null, unknown, for what is no number or without end. */
  static @Nullable Double of(@Nullable Double figure) {
    return figure == null || !Double.isFinite(figure) ? null : figure;
  }
}
