package io.syncanalyzer.report;

import io.syncanalyzer.redis.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A key that is not equal, a row of {@code mismatches.csv}. Null is unknown or not there.
 *
 * @param db logical database
 * @param field lossless text naming the part that differs: a field, index, member, entry
 * @param sourceValue the value or part on the source; a long one is cut when written, its size and
 *     SHA-256 going to the detail
 * @param replicaValue the same on the replica
 * @param ttlSourceMs what is left of its life on the source in milliseconds; null without expiry
 * @param rounds settling rounds it stood
 * @param detail in words
 */
public record Mismatch(
    int db,
    Bytes key,
    KeyVerdict verdict,
    @Nullable String typeSource,
    @Nullable String typeReplica,
    @Nullable String field,
    @Nullable Bytes sourceValue,
    @Nullable Bytes replicaValue,
    @Nullable Long ttlSourceMs,
    @Nullable Long ttlReplicaMs,
    int rounds,
    @Nullable String detail) {
  /** Bytes of a value that are written; what is longer is cut here. */
  static final int SHOWN_BYTES = 512;

  /** This with its long values cut, and their sizes and digests told in the detail. */
  Mismatch cut() {
    if (!isLong(sourceValue) && !isLong(replicaValue)) {
      return this;
    }
    StringBuilder told = new StringBuilder(detail == null ? "" : detail);
    Bytes source = cut("source_value", sourceValue, told);
    Bytes replica = cut("replica_value", replicaValue, told);
    return new Mismatch(
        db,
        key,
        verdict,
        typeSource,
        typeReplica,
        field,
        source,
        replica,
        ttlSourceMs,
        ttlReplicaMs,
        rounds,
        told.toString());
  }

  private static boolean isLong(@Nullable Bytes value) {
    return value != null && value.length() > SHOWN_BYTES;
  }

  private static @Nullable Bytes cut(String name, @Nullable Bytes value, StringBuilder told) {
    if (value == null || !isLong(value)) {
      return value;
    }
    told.append(told.isEmpty() ? "" : "; ")
        .append(name)
        .append(": ")
        .append(value.length())
        .append(" bytes, sha256 ")
        .append(Digests.sha256(value));
    return value.slice(0, SHOWN_BYTES);
  }
}
