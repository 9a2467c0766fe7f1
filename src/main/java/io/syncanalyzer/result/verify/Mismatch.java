package io.syncanalyzer.result.verify;

import io.syncanalyzer.redis.Blob;
import io.syncanalyzer.redis.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code mismatches.csv}: a key that is confirmed to differ, that did not settle, or that
 * could not be read. Null is unknown or not there.
 *
 * <p>One row a key, whatever the number of its differing parts: {@code field} and the two values
 * are the first of them, {@code detail} counts and names more. Field and values are lossless text,
 * cut where they are long; their size and SHA-256 then are in the detail.
 *
 * @param db logical database; null for a library of functions, which belongs to none: its name is
 *     the key then, and {@code function} the types
 * @param key the key, whole until {@link #shown}
 * @param verdict never {@link KeyVerdict#EQUAL}
 * @param typeSource as {@code TYPE} prints it; null where absent or unknown
 * @param field field, index, member, entry id or offset that differs; null where the key as a whole
 *     does
 * @param sourceValue its value, or the key's, on the source; null where absent
 * @param replicaValue the same on the replica
 * @param ttlSourceMs what is left of its life on the source in milliseconds; null without expiry
 * @param rounds how often it was settled
 * @param detail what differs, in words
 * @param fence the proof that the replica had all that the source had
 * @param stoodMs how long it was seen to differ, from first to last look
 * @param replica the replica's address; null where there is but one
 * @param shard the source's node, {@code host:port}; null where there is but one
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
    @Nullable Long stoodMs,
    @Nullable String replica,
    @Nullable String shard) {
  /** Bytes of a key that are shown: with every one of them escaped it still fits into a cell. */
  public static final int LONGEST_KEY = 4096;

  public Mismatch {
    if (verdict == KeyVerdict.EQUAL) {
      throw new IllegalArgumentException("an equal key is no mismatch: " + key);
    }
  }

  /** Of the one replica and the one shard that there are. */
  public Mismatch(
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
    this(
        db,
        key,
        verdict,
        typeSource,
        typeReplica,
        field,
        sourceValue,
        replicaValue,
        ttlSourceMs,
        ttlReplicaMs,
        rounds,
        detail,
        fence,
        stoodMs,
        null,
        null);
  }

  /**
   * The same, found between one of several replicas and one of several shards.
   *
   * @param ofReplica the replica's address; null where there is but one
   * @param ofShard the source's node; null where there is but one
   */
  public Mismatch at(@Nullable String ofReplica, @Nullable String ofShard) {
    return new Mismatch(
        db,
        key,
        verdict,
        typeSource,
        typeReplica,
        field,
        sourceValue,
        replicaValue,
        ttlSourceMs,
        ttlReplicaMs,
        rounds,
        detail,
        fence,
        stoodMs,
        ofReplica,
        ofShard);
  }

  /** The same as it is printed: a key too long for a cell is cut, and the detail says so. */
  public Mismatch shown() {
    return key.length() <= LONGEST_KEY
        ? this
        : new Mismatch(
            db,
            key.slice(0, LONGEST_KEY),
            verdict,
            typeSource,
            typeReplica,
            field,
            sourceValue,
            replicaValue,
            ttlSourceMs,
            ttlReplicaMs,
            rounds,
            (detail == null ? "" : detail)
                + "; key: "
                + key.length()
                + " bytes, SHA-256 "
                + Blob.of(key).digest().toHex(),
            fence,
            stoodMs,
            replica,
            shard);
  }
}
