package io.syncanalyzer.redis;

import java.util.List;

/**
 * A server's reply, as both protocol versions have it.
 *
 * <p>Shapes: a bulk or status string is {@link Text}; an integer is {@link Int}; a RESP3 double or
 * boolean is {@link Text} (its RESP2 form) or {@link Int}; an array, set or flattened map is {@link
 * Items}; nil is {@link Nil}; an error is {@link Failed}. Values are immutable.
 */
public sealed interface Reply {
  /** A bulk or status string. */
  record Text(Bytes bytes) implements Reply {}

  /** An integer. */
  record Int(long value) implements Reply {}

  /** An array; elements may be any reply, errors included. */
  record Items(List<Reply> list) implements Reply {
    public Items {
      list = List.copyOf(list);
    }
  }

  /** Nil: no such key, field or element. */
  record Nil() implements Reply {}

  /** An error reply, such as {@code NOPERM this user has no permissions …}. */
  record Failed(String message) implements Reply {
    /** The error's first word, such as {@code WRONGTYPE}. */
    public String code() {
      int space = message.indexOf(' ');
      return space < 0 ? message : message.substring(0, space);
    }
  }
}
