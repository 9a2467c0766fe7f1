package io.syncanalyzer.verify.found;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.scan.KeyBatch;

/**
 * A key that differed at first sight.
 *
 * @param database where it is
 * @param key the key
 * @param foundOn the side whose SCAN returned it
 * @param firstSeenNanos when that was
 */
public record Suspect(int database, Bytes key, Side foundOn, long firstSeenNanos) {
  private static final int OVERHEAD = 64;

  /** Key {@code i} of a batch, seen to differ just now. */
  public static Suspect of(KeyBatch batch, int i, Side foundOn, NanoClock clock) {
    return new Suspect(batch.database(), batch.key(i), foundOn, clock.nanoTime());
  }

  /** What it takes to hold it, roughly. */
  public long memoryBytes() {
    return (long) key.length() + OVERHEAD;
  }
}
