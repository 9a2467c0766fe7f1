package io.syncanalyzer.report;

import io.syncanalyzer.redis.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A key that is not equal, a row of {@code mismatches.csv}. Null is unknown or not there.
 *
 * @param db logical database; null for a library of functions, which belongs to none: its name is
 *     the key
 * @param key at most {@link #LONGEST_KEY} bytes of it, the size and SHA-256 of a longer one being
 *     in the detail
 * @param verdict never {@link KeyVerdict#EQUAL}
 * @param field the first part that differs: a field, index, member, entry; lossless text
 * @param sourceValue its value, or the key's, on the source; lossless text, cut where long, its
 *     size and SHA-256 then being in the detail
 * @param replicaValue the same on the replica
 * @param ttlSourceMs what is left of its life on the source in milliseconds; null without expiry
 * @param rounds settling rounds it stood
 * @param detail in words
 * @param fence the proof that the replica had all that the source had
 * @param stoodMs how long it was seen to differ
 */
public record Mismatch(
    @Nullable Integer db,
    Bytes key,
    KeyVerdict verdict,
    @Nullable String typeSource,
    @Nullable String typeReplica,
    @Nullable String field,
    @Nullable String sourceValue,
    @Nullable String replicaValue,
    @Nullable Long ttlSourceMs,
    @Nullable Long ttlReplicaMs,
    int rounds,
    @Nullable String detail,
    @Nullable String fence,
    @Nullable Long stoodMs) {
  /** Bytes of a key that are shown: with every one of them escaped it still fits into a cell. */
  public static final int LONGEST_KEY = 4096;

  public Mismatch {
    if (verdict == KeyVerdict.EQUAL) {
      throw new IllegalArgumentException("an equal key is no mismatch: " + key);
    }
  }
}
