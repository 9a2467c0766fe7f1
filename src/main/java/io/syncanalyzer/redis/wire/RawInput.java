package io.syncanalyzer.redis.wire;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Printable;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import java.io.InputStream;

/**
 * The receiving half of a {@link RawConnection}: replies read from a buffer of fixed size, without
 * an object for each.
 *
 * <p>{@link #next} reads a reply's first line; {@link #kind} and {@link #number} say what it is. A
 * bulk string's body must then be taken by exactly one of {@link #skip}, {@link #bytes}, {@link
 * #blob}, {@link #copyTo} or {@link #sameBody}; an array's elements are replies of their own. Not
 * safe for use by several threads.
 *
 * <p>The server is not trusted: no memory is allocated by a length that it only claims, what one
 * reply makes us hold is bounded ({@link ReplyBudget}), as is the time the whole of it may take
 * ({@link PatientSocket}), and what is no reply, or not the one asked for ({@link #expectBulk},
 * {@link #expectArray}), is a {@link RedisFailure}. Lines of text are printable as they are.
 *
 * <p>Protocol version 2, and what Redis sends of version 3: a double or big number is a status, a
 * boolean an integer, a set, push message or flattened map an array.
 *
 * <p>Protocol: <a href="https://redis.io/docs/latest/develop/reference/protocol-spec/">RESP</a>.
 */
public final class RawInput extends ReplyBodies {
  /** A bulk string; its {@link #number} is its length. */
  public static final char BULK = '$';

  /** An array; its {@link #number} is how many replies follow. */
  public static final char ARRAY = '*';

  /** An integer, in {@link #number}. */
  public static final char INTEGER = ':';

  /** A status line, in {@link #text}. */
  public static final char STATUS = '+';

  /** An error line, in {@link #text}. */
  public static final char ERROR = '-';

  private final boolean resp3;
  private char kind;
  private long number;
  private String text = "";

  RawInput(
      Endpoint endpoint, Exchange exchange, PatientSocket socket, InputStream in, boolean resp3) {
    super(endpoint, exchange, socket, in);
    this.resp3 = resp3;
  }

  /** Whether a part of a reply is still to be taken, or something came that nobody asked for. */
  boolean holdsAny() {
    return bodyDue || at != end || budget.isOwed();
  }

  /** Reads the first line of the next reply and returns its kind. */
  public char next() {
    boolean begins = budget.begins();
    if (begins) {
      socket.nextReply();
    }
    if (at == end) {
      fill();
    }
    if (begins) {
      exchange.answered();
    }
    kind = (char) (buffer[at++] & 0xff);
    switch (kind) {
      case BULK, ARRAY, INTEGER -> number = wholeNumber();
      case STATUS, ERROR -> text = line();
      default -> nextOfVersion3();
    }
    if (kind == BULK && (number < -1 || !ReplyBudget.maySend(number))) {
      throw protocol("a string of " + number + " bytes");
    }
    if (kind == ARRAY && (number < -1 || !budget.follow(number))) {
      throw protocol("an array of " + number + " elements");
    }
    bodyDue = kind == BULK && number >= 0;
    return kind;
  }

  private void nextOfVersion3() {
    char said = kind;
    if (!resp3) {
      throw noReply(said);
    }
    switch (said) {
      case '=' -> {
        kind = BULK;
        number = wholeNumber();
      }
      case '~', '>' -> {
        kind = ARRAY;
        number = wholeNumber();
      }
      case '%' -> {
        kind = ARRAY;
        long pairs = wholeNumber();
        number = pairs > Integer.MAX_VALUE ? pairs : 2 * pairs;
      }
      case '_' -> {
        kind = BULK;
        number = -1;
        line();
      }
      case '#' -> {
        kind = INTEGER;
        number = line().equals("t") ? 1 : 0;
      }
      case ',', '(' -> {
        kind = STATUS;
        text = line();
      }
      case '!' -> {
        kind = ERROR;
        text = Printable.of(bytes(Math.max(0, wholeNumber())).asUtf8());
      }
      default -> throw noReply(said);
    }
  }

  private RedisFailure noReply(char said) {
    // 21 begins a TLS alert, which answers our plain text.
    return protocol(
        "a reply begins with byte "
            + (int) said
            + (said == 21 ? "; it seems to speak TLS, then use rediss://" : ""));
  }

  /** Reads the first line of a string that must be there, and returns its length. */
  public long expectBulk() {
    if (next() != BULK || number < 0) {
      throw protocol("an answer of another kind (" + kind + ") than a string");
    }
    return number;
  }

  /** Reads the first line of an array that must be there, and returns how many elements follow. */
  public long expectArray() {
    next();
    return expectedArray();
  }

  /** As {@link #expectArray}, of exactly so many elements. */
  public void expectArray(long elements) {
    next();
    expectedArray(elements);
  }

  /** The count of the array whose first line was read; fails where it was none. */
  public long expectedArray() {
    if (kind != ARRAY || number < 0) {
      throw protocol("an answer of another kind (" + kind + ") than an array");
    }
    return number;
  }

  /** Fails where what was read is not the first line of an array of so many elements. */
  public void expectedArray(long elements) {
    if (expectedArray() != elements) {
      throw protocol("an array of " + number + " elements where " + elements + " were asked for");
    }
  }

  /** Fails where what was read is neither a string nor nil. */
  public void expectedBulkOrNil() {
    if (kind != BULK) {
      throw protocol("an answer of another kind (" + kind + ") than a string");
    }
  }

  /** What the last reply is. */
  public char kind() {
    return kind;
  }

  /** The last reply's integer, length or count; -1 for nil. */
  public long number() {
    return number;
  }

  /** The last reply's status or error text. */
  public String text() {
    return text;
  }

  /** Whether the last reply is nil. */
  public boolean isNil() {
    return (kind == BULK || kind == ARRAY) && number < 0;
  }

  /** Says that what was held of this reply so far is no longer, so that it need not count. */
  public void forgetHeld() {
    budget.forgetHeld();
  }

  /** Passes over the rest of the reply whose first line was read, elements included. */
  public void skipRest() {
    // Not by recursion: how deep it is nested is the server's choice.
    long left = skipBody();
    while (left > 0) {
      next();
      left += skipBody() - 1;
    }
  }

  /** Passes over a string's body, or says how many elements of an array follow. */
  private long skipBody() {
    if (kind == BULK && number >= 0) {
      skip(number);
    }
    return kind == ARRAY ? Math.max(0, number) : 0;
  }

  /** The next reply as objects, for small ones: each string is held whole. */
  public Reply reply() {
    return ReplyObjects.next(this, Long.MAX_VALUE);
  }

  /** As {@link #reply}, where strings longer than {@code longest} are not wanted: nil instead. */
  public Reply reply(long longest) {
    return ReplyObjects.next(this, longest);
  }
}
