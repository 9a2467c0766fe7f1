package io.syncanalyzer.sentinel;

import io.syncanalyzer.redis.Bytes;

/** The prefixes under which the analyzer writes, so that all of it can be found and removed. */
public final class KeyPrefix {
  /** Everything the analyzer writes. */
  public static final String ALL = "sa:";

  /** What the load phase writes. */
  public static final String LOAD = "sa:load:";

  private KeyPrefix() {}

  /** The sentinels and fences of one run: {@code sa:<run>:}. */
  public static String ofRun(String runId) {
    return ALL + runId + ":";
  }

  /** Whether the analyzer wrote this key. */
  public static boolean isOurs(Bytes key) {
    return key.startsWith(Bytes.utf8(ALL));
  }

  /** A text as a pattern that matches only itself, for SCAN and KEYS. */
  public static String globLiteral(String text) {
    StringBuilder pattern = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ("*?[]\\^-".indexOf(c) >= 0) {
        pattern.append('\\');
      }
      pattern.append(c);
    }
    return pattern.toString();
  }
}
