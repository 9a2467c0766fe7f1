package io.syncanalyzer.redis;

import java.util.Locale;

/** Which end of the replication a server is. */
public enum Side {
  SOURCE,
  REPLICA;

  /** The one at the other end. */
  public Side other() {
    return this == SOURCE ? REPLICA : SOURCE;
  }

  /**
   * The side of that label.
   *
   * @throws IllegalArgumentException naming the labels there are
   */
  public static Side of(String label) {
    for (Side side : values()) {
      if (side.label().equals(label)) {
        return side;
      }
    }
    throw new IllegalArgumentException("no side `" + label + "`; there are source, replica");
  }

  /** The word users read and type: {@code source} or {@code replica}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
