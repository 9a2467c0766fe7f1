package io.syncanalyzer.sentinel;

/**
 * The prefixes under which the analyzer writes, so that all of it can be found. What is found there
 * may yet be another's: {@link OurKey} tells.
 */
public final class KeyPrefix {
  /** Everything the analyzer writes. */
  public static final String ALL = "sa:";

  /** What the load phase writes. */
  public static final String LOAD = "sa:load:";

  static final String FENCE = "fence";

  private KeyPrefix() {}

  /** The sentinels and fences of one run: {@code sa:<run>:}. */
  public static String ofRun(String runId) {
    return ALL + runId + ":";
  }

  /** What every fence key of a run begins with: {@code sa:<run>:fence:}. */
  public static String ofFences(String runId) {
    return ofRun(runId) + FENCE + ":";
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
