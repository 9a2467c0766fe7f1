package io.syncanalyzer.redis;

import java.util.Locale;

/** Which end of the replication a server is. */
public enum Side {
  SOURCE,
  REPLICA;

  /** The word users read and type: {@code source} or {@code replica}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
