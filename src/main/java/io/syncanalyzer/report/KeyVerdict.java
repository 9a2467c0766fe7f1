package io.syncanalyzer.report;

import java.util.Locale;

/** What the comparison says of a key. */
public enum KeyVerdict {
  EQUAL,
  MISSING_ON_REPLICA,
  EXTRA_ON_REPLICA,
  TYPE_DIFFERS,
  VALUE_DIFFERS,
  TTL_DIFFERS,
  /** Kept changing until the last round. */
  UNSETTLED,
  /** Could not be read on one side. */
  UNREADABLE;

  /** Whether this is a confirmed difference. */
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
