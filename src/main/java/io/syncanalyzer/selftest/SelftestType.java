package io.syncanalyzer.selftest;

import java.util.Locale;

/** A type of key. */
enum SelftestType {
  STRING,
  HASH,
  LIST,
  SET,
  ZSET,
  STREAM;

  /** As {@code TYPE} prints it. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The type that a key is made by mistake of when its type is to be changed. */
  SelftestType other() {
    return switch (this) {
      case STRING -> HASH;
      case HASH -> LIST;
      case LIST -> SET;
      case SET -> ZSET;
      case ZSET -> STREAM;
      case STREAM -> STRING;
    };
  }

  /** Whether a key without elements is there all the same. */
  boolean canBeEmpty() {
    return this == STRING || this == STREAM;
  }
}
