package io.syncanalyzer.sentinel;

import java.util.Locale;

/** The Redis types that sentinels are written as, each by its own command. */
public enum SentinelType {
  STRING,
  HASH,
  LIST,
  SET,
  ZSET,
  STREAM;

  /** The word used in options, keys and CSV, as {@code TYPE} prints it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The type of that label.
   *
   * @throws IllegalArgumentException naming the labels there are
   */
  public static SentinelType of(String label) {
    for (SentinelType type : values()) {
      if (type.label().equals(label)) {
        return type;
      }
    }
    throw new IllegalArgumentException(
        "no sentinel type `" + label + "`; there are string, hash, list, set, zset, stream");
  }
}
