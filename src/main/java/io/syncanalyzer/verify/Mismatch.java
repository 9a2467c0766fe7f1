package io.syncanalyzer.verify;

import io.syncanalyzer.redis.Bytes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row of mismatches.csv: a key that is confirmed to differ, that did not settle, or that could
 * not be read.
 *
 * <p>One row a key, whatever the number of its differing parts: {@code field} and the two values
 * are the first of them, {@code detail} counts and names more. Field and values are lossless text
 * of at most {@link #LONGEST_VALUE} bytes of them; where one is longer, {@code detail} has its size
 * and SHA-256. The key is whole, however long.
 *
 * @param database logical database; {@link #NO_DATABASE} for a library of functions, which belongs
 *     to none: its name is the key then, and {@code function} the types
 * @param key the key
 * @param verdict never {@code EQUAL}
 * @param sourceType as {@code TYPE} prints it; null where absent or unknown
 * @param replicaType as {@code sourceType}
 * @param field field, index, member, entry id or offset that differs; null where the key as a whole
 *     does
 * @param sourceValue its value; null where absent
 * @param replicaValue as {@code sourceValue}
 * @param sourceTtlMillis time to live when last read; null where none, absent or unknown
 * @param replicaTtlMillis as {@code sourceTtlMillis}
 * @param rounds how often it was settled
 * @param detail what differs, in words
 * @param fence the proof that the replica had all that the source had
 * @param stoodMillis how long it was seen to differ, from first to last look
 */
public record Mismatch(
    int database,
    Bytes key,
    Verdict verdict,
    @Nullable String sourceType,
    @Nullable String replicaType,
    @Nullable String field,
    @Nullable String sourceValue,
    @Nullable String replicaValue,
    @Nullable Long sourceTtlMillis,
    @Nullable Long replicaTtlMillis,
    int rounds,
    String detail,
    String fence,
    long stoodMillis) {
  /** In the place of a database, of what belongs to the whole server. */
  public static final int NO_DATABASE = -1;

  /** How many bytes of a value are shown. */
  public static final int LONGEST_VALUE = 128;

  public Mismatch {
    Objects.requireNonNull(key, "key is null");
    Objects.requireNonNull(verdict, "verdict is null");
    Objects.requireNonNull(detail, "detail is null");
    Objects.requireNonNull(fence, "fence is null");
    if (verdict == Verdict.EQUAL) {
      throw new IllegalArgumentException("an equal key is no mismatch");
    }
  }
}
