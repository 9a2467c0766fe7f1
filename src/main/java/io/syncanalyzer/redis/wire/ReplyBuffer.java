package io.syncanalyzer.redis.wire;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.FailureCauses;
import io.syncanalyzer.redis.Printable;
import io.syncanalyzer.redis.RedisFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What came of replies and is not yet taken, in a buffer of fixed size: lines, numbers and pieces
 * of bodies, each waited for where it is not there yet.
 *
 * <p>{@link RawInput} knows what they mean. It is above this one rather than beside it because it
 * takes single bytes out of the buffer, and everything that is read goes through there.
 */
abstract sealed class ReplyBuffer permits ReplyBodies {
  private static final int CAPACITY = 128 * 1024;
  private static final int LONGEST_LINE = 64 * 1024;

  /** As many are no more than a long holds. */
  private static final int MOST_DIGITS = 18;

  private static final int LINES = 16;
  private static final int LONGEST_KNOWN_LINE = 32;

  final Endpoint endpoint;
  final Exchange exchange;
  final byte[] buffer = new byte[CAPACITY];
  int at;
  int end;
  PatientSocket socket;
  ReplyBudget budget = new ReplyBudget();
  private InputStream in;

  /** The last short line of each first byte, with its end, and its text: types come by the lot. */
  private final byte[][] knownLines = new byte[LINES][0];

  private final String[] knownTexts = new String[LINES];

  ReplyBuffer(Endpoint endpoint, Exchange exchange, PatientSocket socket, InputStream in) {
    this.endpoint = endpoint;
    this.exchange = exchange;
    this.socket = socket;
    this.in = in;
  }

  /** Goes on with another connection, on which nothing has come. */
  void goOn(PatientSocket otherSocket, InputStream other) {
    socket = otherSocket;
    in = other;
    budget = new ReplyBudget();
    at = 0;
    end = 0;
  }

  /** Takes a piece of a body, in place. */
  interface Part {
    void take(byte[] array, int from, int count);
  }

  /** Takes so many bytes of a body, piece by piece as they come. */
  final void eachPart(long length, Part part) {
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

  /** Takes a whole number and the end of its line. */
  final long wholeNumber() {
    // Nearly always all of it is here, and it is no negative one.
    int stop = Math.min(end - 1, at + MOST_DIGITS);
    long value = 0;
    int i = at;
    while (i < stop && buffer[i] >= '0' && buffer[i] <= '9') {
      value = value * 10 + (buffer[i++] - '0');
    }
    if (i > at && i < stop && buffer[i] == '\r' && buffer[i + 1] == '\n') {
      at = i + 2;
      return value;
    }
    return anyWholeNumber();
  }

  private long anyWholeNumber() {
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
        if (++digits > 19 || value < 0) {
          throw protocol("a number too large");
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

  /** Takes the rest of a line, printable as it is. */
  final String line() {
    if (at == end) {
      fill();
    }
    int length = shortLine();
    if (length == 0) {
      return longLine();
    }
    int from = at;
    at += length;
    hold(length - 1L);
    int place = buffer[from] & (LINES - 1);
    byte[] known = knownLines[place];
    if (!Arrays.equals(known, 0, known.length, buffer, from, at)) {
      knownLines[place] = Arrays.copyOfRange(buffer, from, at);
      knownTexts[place] = text(buffer, from, length - 1);
    }
    return knownTexts[place];
  }

  /** The length of a short line that is here, with its end; 0 where it is long or not all here. */
  private int shortLine() {
    int stop = Math.min(end, at + LONGEST_KNOWN_LINE);
    for (int i = at; i < stop; i++) {
      if (buffer[i] == '\n') {
        return i + 1 - at;
      }
    }
    return 0;
  }

  private static String text(byte[] line, int from, int length) {
    return Printable.of(new String(line, from, length, StandardCharsets.UTF_8).stripTrailing());
  }

  private String longLine() {
    ByteArrayOutputStream line = new ByteArrayOutputStream(64);
    while (true) {
      if (at == end) {
        fill();
      }
      byte b = buffer[at++];
      if (b == '\n') {
        hold(line.size());
        return text(line.toByteArray(), 0, line.size());
      }
      if (line.size() >= LONGEST_LINE) {
        throw protocol("a line of more than " + LONGEST_LINE + " bytes");
      }
      line.write(b);
    }
  }

  /** Takes the end of a line, which must come now. */
  final void lineEnd() {
    if (end - at >= 2 && buffer[at] == '\r' && buffer[at + 1] == '\n') {
      at += 2;
      return;
    }
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

  /** Counts so many bytes as held; fails where that is more than one reply may make us hold. */
  final void hold(long bytes) {
    if (!budget.hold(bytes)) {
      throw new RedisFailure(
          RedisFailure.Kind.PROTOCOL,
          endpoint,
          endpoint
              + " sends more than "
              + budget.most() / (1024 * 1024)
              + " MiB to be held at once; if its keys or fields are that large, give more memory"
              + " with java -Xmx",
          null);
    }
  }

  /** Waits for more, where all that came is taken. */
  final void fill() {
    exchange.waits();
    try {
      int count = in.read(buffer, 0, buffer.length);
      if (count < 0) {
        throw new java.io.EOFException("the server closed it");
      }
      at = 0;
      end = count;
      exchange.heard(socket.hasWaited());
    } catch (IOException e) {
      exchange.gaveUp();
      throw FailureCauses.ofUsing(endpoint, exchange.silentNanos(), new UncheckedIOException(e));
    }
  }

  /** That what came is no reply, or not the one asked for. */
  final RedisFailure protocol(String what) {
    return new RedisFailure(
        RedisFailure.Kind.PROTOCOL,
        endpoint,
        endpoint + " does not speak the Redis protocol as we know it: " + what,
        null);
  }
}
