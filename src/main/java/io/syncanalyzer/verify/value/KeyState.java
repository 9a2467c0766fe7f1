package io.syncanalyzer.verify.value;

import io.syncanalyzer.redis.server.ClockSkew;
import org.jspecify.annotations.Nullable;

/**
 * What one side said of one key. Filled by {@link KeyReader} in steps, then only read.
 *
 * <p>Times to live come with the time at which they were read, as bounds on our own clock, so that
 * two servers' answers can be laid side by side.
 */
public final class KeyState {
  static final long NONE = -1;
  static final long UNKNOWN = Long.MIN_VALUE;

  /** Elements that are read at once where nobody tells how large they are. */
  private static final int MOST_OF_UNKNOWN_SIZE = 100;

  /** As {@code TYPE} prints it; null where absent. */
  @Nullable public String type;

  /** Time to live in milliseconds, {@link #NONE}, or {@link #UNKNOWN}. */
  public long ttlMillis = UNKNOWN;

  /** When it expires on the server's clock, {@link #NONE}, or {@link #UNKNOWN}. */
  long expireAtMillis = UNKNOWN;

  /** How far the server's clock is ahead of the source's, in which {@link #ttlMillis} is. */
  ClockSkew clock = ClockSkew.NONE;

  /** Whether its time to live may have come as such, and runs on either clock alike. */
  boolean relativeExpiry;

  /** Just before the time to live was asked for. */
  public long askedNanos;

  /** When it was known. */
  public long answeredNanos;

  /** Memory it takes on the server, in bytes, or {@link #UNKNOWN}. */
  long memoryBytes = UNKNOWN;

  /** Length of a string, else how many elements, or {@link #UNKNOWN}. */
  public long count = UNKNOWN;

  /** The value; null where absent, too large to be held, or not asked for. */
  @Nullable public Content content;

  /** What the server said when it would not answer. */
  @Nullable String refusal;

  /** Whether it changed while it was read. */
  public boolean torn;

  public boolean isPresent() {
    return type != null;
  }

  public boolean isRefused() {
    return refusal != null;
  }

  /** Whether the value is to be read in windows. */
  public boolean isLarge() {
    if (type == null || KeyReader.countCommand(type) == null) {
      return false;
    }
    int most = memoryBytes == UNKNOWN ? MOST_OF_UNKNOWN_SIZE : Questions.WINDOW;
    boolean many = !type.equals("string") && count > most;
    return many || Math.max(memoryBytes, type.equals("string") ? count : 0) > KeyReader.LARGE_BYTES;
  }

  /** Whether both expire at the same time, or neither does, to the tolerance. */
  public boolean sameExpiry(KeyState other, long toleranceMillis) {
    if (ttlMillis == UNKNOWN || other.ttlMillis == UNKNOWN) {
      return true;
    }
    if (ttlMillis < 0 || other.ttlMillis < 0) {
      return ttlMillis < 0 && other.ttlMillis < 0;
    }
    if (expireAtMillis != UNKNOWN && other.expireAtMillis != UNKNOWN) {
      return Math.abs(expireAtMillis - other.expireAtMillis) <= toleranceMillis;
    }
    // By a clock that is ahead a key has less time to live: both as the source's would have it.
    return apart(other, clock.aheadMillis(), other.clock.aheadMillis()) <= toleranceMillis
        || (relativeExpiry && other.relativeExpiry && apart(other, 0, 0) <= toleranceMillis);
  }

  private long apart(KeyState other, long aheadMillis, long otherAheadMillis) {
    long mine = ttlMillis + aheadMillis;
    long others = other.ttlMillis + otherAheadMillis;
    long mineEarliest = askedNanos / 1_000_000 + mine;
    long mineLatest = answeredNanos / 1_000_000 + 1 + mine;
    long otherEarliest = other.askedNanos / 1_000_000 + others;
    long otherLatest = other.answeredNanos / 1_000_000 + 1 + others;
    return Math.max(mineEarliest - otherLatest, otherEarliest - mineLatest);
  }
}
