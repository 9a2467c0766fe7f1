package io.syncanalyzer.redis.wire;

/**
 * Finds where replies of protocol version 2 end, as their bytes pass by in pieces of any size. What
 * is no reply has no end: {@link RawInput} tells what is wrong with it. For one thread.
 */
final class ReplyEnd {
  private char kind;
  private long number;
  private boolean negative;
  private long body;
  private long owed;
  private boolean error;
  private boolean lost;

  /** Another reply begins with the next byte. */
  void begin() {
    kind = 0;
    body = 0;
    owed = 1;
    error = false;
  }

  /** Whether all of the reply has passed. */
  boolean isOver() {
    return owed == 0;
  }

  /** Whether the reply is an error. */
  boolean isError() {
    return error;
  }

  /** Takes bytes up to the end of the reply at most; how many belong to it. */
  int take(byte[] array, int from, int to) {
    int at = from;
    while (at < to && (owed > 0 || lost)) {
      if (lost) {
        return to - from;
      }
      if (body > 0) {
        long step = Math.min(body, to - at);
        at += (int) step;
        body -= step;
        owed -= body == 0 ? 1 : 0;
      } else {
        line(array[at++]);
      }
    }
    return at - from;
  }

  private void line(byte b) {
    if (kind == 0) {
      kind = (char) b;
      number = 0;
      negative = false;
      error |= b == '-';
      lost = "+-:$*".indexOf(kind) < 0;
    } else if (b == '\n') {
      lineEnds();
    } else if (kind == '$' || kind == '*') {
      if (b == '-') {
        negative = true;
      } else if (b >= '0' && b <= '9' && number < Integer.MAX_VALUE * 10L) {
        number = number * 10 + (b - '0');
      } else {
        lost = b != '\r';
      }
    }
  }

  private void lineEnds() {
    if (kind == '$' && !negative) {
      body = number + 2;
    } else {
      owed += kind == '*' && !negative ? number - 1 : -1;
    }
    kind = 0;
  }
}
