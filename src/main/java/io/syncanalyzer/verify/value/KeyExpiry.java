package io.syncanalyzer.verify.value;

import io.syncanalyzer.redis.server.ClockSkew;
import org.jspecify.annotations.Nullable;

/**
 * What one side said of a key's expiry, and when: so that two servers' answers can be laid side by
 * side.
 *
 * @param ttlMillis time to live in milliseconds; less than 0 where it never expires or is not
 *     there, null where that is not known
 * @param atMillis the moment of expiry on the server's clock; null where it was not asked for
 * @param clock how far the server's clock is ahead of the source's, in which {@code ttlMillis} is
 * @param relative whether the time to live may have come as such, and runs on either clock alike
 * @param askedNanos just before the time to live was asked for, on our own clock
 * @param answeredNanos when it was known
 */
public record KeyExpiry(
    @Nullable Long ttlMillis,
    @Nullable Long atMillis,
    ClockSkew clock,
    boolean relative,
    long askedNanos,
    long answeredNanos) {
  /** How long it has left to live, in milliseconds; null where it never expires or is not known. */
  public @Nullable Long leftMillis() {
    return ttlMillis == null || ttlMillis < 0 ? null : ttlMillis;
  }

  /**
   * Whether both expire at the same time, or neither does, to the tolerance; so too where either is
   * not known.
   *
   * <p>Moments of expiry are compared where both sides told them. Else times to live are, each as
   * the range of moments that it may have been read at; by a clock that is ahead a key has less
   * time to live, so both are taken as the source's clock would have them, and where they came as
   * such also as they are.
   */
  boolean isSameAs(KeyExpiry other, long toleranceMillis) {
    if (ttlMillis == null || other.ttlMillis == null) {
      return true;
    }
    Long mine = leftMillis();
    Long others = other.leftMillis();
    if (mine == null || others == null) {
      return mine == null && others == null;
    }
    if (atMillis != null && other.atMillis != null) {
      return Math.abs(atMillis - other.atMillis) <= toleranceMillis;
    }
    return apart(mine + clock.aheadMillis(), other, others + other.clock.aheadMillis())
            <= toleranceMillis
        || (relative && other.relative && apart(mine, other, others) <= toleranceMillis);
  }

  private long apart(long mine, KeyExpiry other, long others) {
    long mineEarliest = askedNanos / 1_000_000 + mine;
    long mineLatest = answeredNanos / 1_000_000 + 1 + mine;
    long otherEarliest = other.askedNanos / 1_000_000 + others;
    long otherLatest = other.answeredNanos / 1_000_000 + 1 + others;
    return Math.max(mineEarliest - otherLatest, otherEarliest - mineLatest);
  }
}
