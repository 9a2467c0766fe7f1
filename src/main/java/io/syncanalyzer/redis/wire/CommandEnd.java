package io.syncanalyzer.redis.wire;

import java.nio.charset.StandardCharsets;

/**
 * Finds where commands end as their bytes leave in pieces of any size, what each is called and how
 * many parts it has. For one thread.
 */
final class CommandEnd {
  private static final int LONGEST_NAME = 32;

  private final byte[] name = new byte[LONGEST_NAME];
  private int nameLength;
  private long number;
  private int parts;
  private int partsLeft;
  private long body;
  private boolean inParts;
  private boolean over;

  /** Takes bytes up to the end of a command at most; how many belong to it. */
  int take(byte[] array, int from, int to) {
    int at = from;
    over = false;
    while (at < to && !over) {
      if (body > 0) {
        int step = (int) Math.min(body, to - at);
        if (partsLeft == parts - 1) {
          name(array, at, step);
        }
        at += step;
        body -= step;
        if (body == 0 && partsLeft == 0) {
          inParts = false;
          over = true;
        }
      } else {
        line(array[at++]);
      }
    }
    return at - from;
  }

  private void name(byte[] array, int from, int length) {
    // The last two bytes of the body are its line end.
    int step = (int) Math.min(length, Math.min(name.length - nameLength, body - 2));
    if (step > 0) {
      System.arraycopy(array, from, name, nameLength, step);
      nameLength += step;
    }
  }

  private void line(byte b) {
    switch (b) {
      case '*', '$' -> number = 0;
      case '\r' -> {}
      case '\n' -> {
        if (inParts) {
          partsLeft--;
          body = number + 2;
        } else {
          inParts = true;
          parts = (int) number;
          partsLeft = parts;
          nameLength = 0;
        }
      }
      default -> number = number * 10 + (b - '0');
    }
  }

  /** Whether the last byte that was taken ended a command. */
  boolean isOver() {
    return over;
  }

  /** The first part of the command that ended, as text; of a long one its begin. */
  String name() {
    return new String(name, 0, nameLength, StandardCharsets.ISO_8859_1);
  }

  /** How many parts it has. */
  int parts() {
    return parts;
  }
}
