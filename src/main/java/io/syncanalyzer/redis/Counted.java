package io.syncanalyzer.redis;

import java.util.Locale;

/** So many of a thing, for people. */
public final class Counted {
  private Counted() {}

  /** {@code 1 key}, {@code 2,000 keys}. */
  public static String words(long count, String thing) {
    return String.format(Locale.ROOT, "%,d %s%s", count, thing, count == 1 ? "" : "s");
  }
}
