package io.syncanalyzer.result.verify;

import java.util.Locale;

/** What is said of a key once it was looked at on both sides. */
public enum KeyVerdict {
  /** Type, value and expiry are the same. */
  EQUAL,
  /** The source has it, the replica does not. */
  MISSING_ON_REPLICA,
  /** The replica has it, the source does not. */
  EXTRA_ON_REPLICA,
  /** Both have it, as different types. */
  TYPE_DIFFERS,
  /** Both have it as one type with different content. */
  VALUE_DIFFERS,
  /** Same content, expiry further apart than the tolerance. */
  TTL_DIFFERS,
  /** It kept changing until the last round. */
  UNSETTLED,
  /** It could not be read or not be told apart; the detail says which side and why. */
  UNREADABLE;

  /** Whether it is a confirmed difference. */
  public boolean isMismatch() {
    return switch (this) {
      case MISSING_ON_REPLICA, EXTRA_ON_REPLICA, TYPE_DIFFERS, VALUE_DIFFERS, TTL_DIFFERS -> true;
      case EQUAL, UNSETTLED, UNREADABLE -> false;
    };
  }

  /** The verdict in small letters, for people: {@code missing on replica}. */
  public String words() {
    return name()
        .toLowerCase(Locale.ROOT)
        .replace('_', ' ')
        .replace("ttl differs", "expiry differs");
  }
}
