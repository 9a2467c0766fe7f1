package io.syncanalyzer.result.lag;

import org.jspecify.annotations.Nullable;

/** Figures of which one or both may be unknown: what is known of either is kept. */
final class Known {
  private Known() {}

  static <N extends Comparable<N>> @Nullable N greater(@Nullable N a, @Nullable N b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.compareTo(b) >= 0 ? a : b;
  }

  static @Nullable Long sum(@Nullable Long a, @Nullable Long b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return Long.valueOf(a + b);
  }

  static @Nullable Boolean both(@Nullable Boolean a, @Nullable Boolean b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return Boolean.valueOf(a && b);
  }

  static @Nullable Boolean either(@Nullable Boolean a, @Nullable Boolean b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return Boolean.valueOf(a || b);
  }

  static boolean isGreater(@Nullable Long a, @Nullable Long than) {
    return a != null && (than == null || a > than);
  }
}
