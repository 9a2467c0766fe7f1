package io.syncanalyzer.verify;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Side;

/**
 * A key that differed at first sight.
 *
 * @param database where it is
 * @param key the key
 * @param foundOn the side whose SCAN returned it
 * @param firstSeenNanos when that was
 */
record Suspect(int database, Bytes key, Side foundOn, long firstSeenNanos) {
  private static final int OVERHEAD = 64;

  /** What it takes to hold it, roughly. */
  long memoryBytes() {
    return (long) key.length() + OVERHEAD;
  }
}
