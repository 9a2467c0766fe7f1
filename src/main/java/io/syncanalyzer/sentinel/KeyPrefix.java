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
}
