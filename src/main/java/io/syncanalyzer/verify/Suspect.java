package io.syncanalyzer.verify;

import io.syncanalyzer.redis.Bytes;

/** A key that differed at first sight, and when that was. */
record Suspect(Bytes key, long firstSeenNanos) {
  private static final int OVERHEAD = 64;

  /** What it takes to hold it, roughly. */
  long memoryBytes() {
    return (long) key.length() + OVERHEAD;
  }
}
