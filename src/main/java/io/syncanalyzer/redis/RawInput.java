package io.syncanalyzer.redis;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The receiving half of a {@link RawConnection}: replies read from a buffer of fixed size, without
 * an object for each.
 *
 * <p>{@link #next} reads a reply's first line; {@link #kind} and {@link #number} say what it is. A
 * bulk string's body must then be taken by exactly one of {@link #skip}, {@link #bytes}, {@link
 * #blob}, {@link #copyTo} or {@link #sameBody}; an array's elements are replies of their own. No
 * memory is allocated by a length that the server only claims: bytes are held as they arrive.
 * Protocol version 2. Not safe for use by several threads.
 *
 * <p>Protocol: <a href="https://redis.io/docs/latest/develop/reference/protocol-spec/">RESP</a>.
 */
public final class RawInput {
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

  private static final int CAPACITY = 128 * 1024;
  private static final int LONGEST_LINE = 64 * 1024;
  private static final int STEP = 64 * 1024;
  private static final int DEEPEST = 16;
  private static final int BLOB_HEAD = 256;

  private final Endpoint endpoint;
  private final InputStream in;
  private final byte[] buffer = new byte[CAPACITY];
  private int at;
  private int end;
  private char kind;
  private long number;
  private String text = "";

  RawInput(Endpoint endpoint, InputStream in) {
    this.endpoint = endpoint;
    this.in = in;
  }

  /** Reads the first line of the next reply and returns its kind. */
  public char next() {
    if (at == end) {
      fill();
    }
    kind = (char) buffer[at++];
    if (kind == BULK || kind == ARRAY || kind == INTEGER) {
      number = wholeNumber();
    } else if (kind == STATUS || kind == ERROR) {
      text = line();
    } else {
      throw protocol("a reply begins with byte " + (int) kind);
    }
    return kind;
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

  /** Passes over the body of a bulk string of that length. */
  public void skip(long length) {
    long left = length;
    while (left > 0) {
      if (at == end) {
        fill();
      }
      int step = (int) Math.min(left, end - at);
      at += step;
      left -= step;
    }
    lineEnd();
  }

  /** Passes over the rest of the reply whose first line was read, elements included. */
  public void skipRest() {
    if (kind == BULK && number >= 0) {
      skip(number);
    } else if (kind == ARRAY) {
      long count = number;
      for (long i = 0; i < count; i++) {
        next();
        skipRest();
      }
    }
  }

  /** The body of a bulk string of that length, held whole. */
  public Bytes bytes(long length) {
    if (length <= end - at - 2) {
      byte[] body = Arrays.copyOfRange(buffer, at, at + (int) length);
      at += (int) length;
      lineEnd();
      return Bytes.wrap(body);
    }
    if (length > Integer.MAX_VALUE - 16) {
      throw protocol("a string of " + length + " bytes");
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream((int) Math.min(length, STEP));
    eachPart(length, body::write);
    lineEnd();
    return Bytes.wrap(body.toByteArray());
  }

  /** The body of a bulk string, whole up to {@code keep} bytes, else digested on the way. */
  public Blob blob(long length, int keep) {
    if (length <= keep) {
      return Blob.of(bytes(length));
    }
    Blob blob = blobPart(length, keep);
    lineEnd();
    return blob;
  }

  /**
   * As {@link #blob}, of the first {@code length} bytes of a longer body; take the rest after it.
   */
  public Blob blobPart(long length, int keep) {
    if (length <= keep) {
      ByteArrayOutputStream whole = new ByteArrayOutputStream((int) Math.min(length, STEP));
      eachPart(length, whole::write);
      return Blob.of(Bytes.wrap(whole.toByteArray()));
    }
    MessageDigest digest = sha256();
    ByteArrayOutputStream head = new ByteArrayOutputStream(BLOB_HEAD);
    eachPart(
        length,
        (array, from, count) -> {
          digest.update(array, from, count);
          head.write(array, from, Math.min(count, BLOB_HEAD - head.size()));
        });
    return new Blob(
        length, Bytes.wrap(head.toByteArray()), Optional.of(Bytes.wrap(digest.digest())));
  }

  /** Copies the body of a bulk string, without its line end, into an array with room for it. */
  public void copyTo(byte[] target, int from, int length) {
    int done = 0;
    while (done < length) {
      if (at == end) {
        fill();
      }
      int step = Math.min(length - done, end - at);
      System.arraycopy(buffer, at, target, from + done, step);
      at += step;
      done += step;
    }
    lineEnd();
  }

  /** The first byte of the body that comes next, without taking it. */
  public byte peek() {
    if (at == end) {
      fill();
    }
    return buffer[at];
  }

  /**
   * Takes the bodies of two bulk strings of one length and says whether they are the same, the last
   * {@code footer} bytes apart. Both are taken in full either way.
   */
  public boolean sameBody(RawInput other, long length, int footer) {
    boolean same = true;
    long left = Math.max(0, length - footer);
    while (left > 0) {
      if (at == end) {
        fill();
      }
      if (other.at == other.end) {
        other.fill();
      }
      int step = (int) Math.min(left, Math.min(end - at, other.end - other.at));
      same = same && Arrays.equals(buffer, at, at + step, other.buffer, other.at, other.at + step);
      at += step;
      other.at += step;
      left -= step;
    }
    long rest = Math.min(length, footer);
    skip(rest);
    other.skip(rest);
    return same;
  }

  /** The next reply as objects, for small ones: each string is held whole. */
  public Reply reply() {
    return reply(0);
  }

  private Reply reply(int depth) {
    if (depth > DEEPEST) {
      throw protocol("an array nested deeper than " + DEEPEST);
    }
    next();
    return switch (kind) {
      case BULK -> number < 0 ? new Reply.Nil() : new Reply.Text(bytes(number));
      case INTEGER -> new Reply.Int(number);
      case STATUS -> new Reply.Text(Bytes.utf8(text));
      case ERROR -> new Reply.Failed(text);
      default -> {
        if (number < 0) {
          yield new Reply.Nil();
        }
        long count = number;
        List<Reply> items = new ArrayList<>();
        for (long i = 0; i < count; i++) {
          items.add(reply(depth + 1));
        }
        yield new Reply.Items(items);
      }
    };
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }

  private interface Part {
    void take(byte[] array, int from, int count);
  }

  private void eachPart(long length, Part part) {
    long left = length;
    while (left > 0) {
      if (at == end) {
        fill();
      }
      int step = (int) Math.min(left, end - at);
      part.take(buffer, at, step);
      at += step;
      left -= step;
    }
  }

  private long wholeNumber() {
    boolean negative = false;
    long value = 0;
    int digits = 0;
    while (true) {
      if (at == end) {
        fill();
      }
      byte b = buffer[at++];
      if (b >= '0' && b <= '9') {
        value = value * 10 + (b - '0');
        if (++digits > 19) {
          throw protocol("a number of more than 19 digits");
        }
      } else if (b == '\r') {
        if (at == end) {
          fill();
        }
        if (buffer[at++] != '\n' || digits == 0) {
          throw protocol("a number with no end");
        }
        return negative ? -value : value;
      } else if (b == '-' && digits == 0 && !negative) {
        negative = true;
      } else {
        throw protocol("byte " + b + " in a number");
      }
    }
  }

  private String line() {
    ByteArrayOutputStream line = new ByteArrayOutputStream(64);
    while (true) {
      if (at == end) {
        fill();
      }
      byte b = buffer[at++];
      if (b == '\n') {
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
      }
      if (line.size() >= LONGEST_LINE) {
        throw protocol("a line of more than " + LONGEST_LINE + " bytes");
      }
      line.write(b);
    }
  }

  private void lineEnd() {
    if (at == end) {
      fill();
    }
    byte first = buffer[at++];
    if (at == end) {
      fill();
    }
    if (first != '\r' || buffer[at++] != '\n') {
      throw protocol("a string longer than its length");
    }
  }

  private void fill() {
    try {
      int count = in.read(buffer, 0, buffer.length);
      if (count < 0) {
        throw new java.io.EOFException("the server closed it");
      }
      at = 0;
      end = count;
    } catch (IOException e) {
      throw FailureCauses.ofUsing(endpoint, new UncheckedIOException(e));
    }
  }

  private RedisFailure protocol(String what) {
    return new RedisFailure(
        RedisFailure.Kind.PROTOCOL,
        endpoint,
        endpoint + " does not speak the Redis protocol as we know it: " + what,
        null);
  }
}
