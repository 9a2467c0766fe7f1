package io.syncanalyzer.verify.value;

import io.syncanalyzer.redis.server.ClockSkew;
import org.jspecify.annotations.Nullable;

/** What a side says of a key, as a test writes it. */
public final class KeyStates {
  private KeyStates() {}

  /** A key that never expires. */
  public static KeyState of(String type, Content content) {
    return expiring(type, content, -1);
  }

  /** A key that has so many milliseconds left to live. */
  public static KeyState expiring(String type, Content content, long ttlMillis) {
    return new KeyState(type, expiry(ttlMillis), null, null, content, null, false);
  }

  /** A key of which only type and expiry are known. */
  public static KeyState of(@Nullable String type, KeyExpiry expiry) {
    return new KeyState(type, expiry, null, null, null, null, false);
  }

  /** No key. */
  public static KeyState absent() {
    return of(null, expiry(-2));
  }

  /** A key that a server would not show. */
  public static KeyState refused(String said) {
    return new KeyState("string", expiry(-1), null, null, null, said, false);
  }

  /** The same, changed while it was read. */
  public static KeyState torn(KeyState state) {
    return state.read(state.content() == null ? new Content() : state.content(), null, true);
  }

  /** So many milliseconds left to live, read at once, by clocks that agree. */
  public static KeyExpiry expiry(@Nullable Long ttlMillis) {
    return new KeyExpiry(ttlMillis, null, ClockSkew.NONE, false, 0, 0);
  }

  private static KeyExpiry expiry(long ttlMillis) {
    return expiry(Long.valueOf(ttlMillis));
  }
}
