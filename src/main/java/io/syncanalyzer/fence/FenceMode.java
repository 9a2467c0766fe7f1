package io.syncanalyzer.fence;

import java.util.Locale;

/** How it is proved that the replica has all that the source had. */
public enum FenceMode {
  /** By offset where the replica is in the source's replication history, else by a sentinel. */
  AUTO,
  /** By replication offset. */
  OFFSET,
  /** By a key written to the source and seen on the replica. */
  SENTINEL,
  /** Not at all: two stores at rest. */
  NONE;

  /** The word users type. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The mode of that label.
   *
   * @throws IllegalArgumentException naming the labels there are
   */
  public static FenceMode of(String label) {
    for (FenceMode mode : values()) {
      if (mode.label().equals(label)) {
        return mode;
      }
    }
    throw new IllegalArgumentException(
        "no fence `" + label + "`; there are auto, offset, sentinel, none");
  }
}
