package io.syncanalyzer.redis.wire;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.FailureCauses;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The sending half of a {@link RawConnection}: commands written into a buffer of fixed size, which
 * leaves when it is full or flushed.
 *
 * <p>A command is {@link #begin} with the number of its parts, name included, and then exactly as
 * many parts. Not safe for use by several threads.
 */
public final class RawOutput {
  private static final int CAPACITY = 64 * 1024;
  private static final int LONGEST_NUMBER = 24;

  private final Endpoint endpoint;
  private final Exchange exchange;
  private OutputStream out;
  private final byte[] buffer = new byte[CAPACITY];
  private int used;

  RawOutput(Endpoint endpoint, Exchange exchange, OutputStream out) {
    this.endpoint = endpoint;
    this.exchange = exchange;
    this.out = out;
  }

  /** Goes on with another connection, over which what the buffer holds will leave. */
  void goOn(OutputStream other) {
    out = other;
  }

  /** Gives up what the buffer holds. */
  void forget() {
    used = 0;
    exchange.forgets();
  }

  /**
   * Sends a command of text parts at once, ahead of what the buffer holds: that stays as it is, be
   * it half a command.
   */
  void ahead(String... parts) {
    StringBuilder command = new StringBuilder("*").append(parts.length).append("\r\n");
    for (String part : parts) {
      int length = part.getBytes(StandardCharsets.UTF_8).length;
      command.append('$').append(length).append("\r\n").append(part).append("\r\n");
    }
    exchange.left();
    try {
      out.write(command.toString().getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      throw FailureCauses.ofUsing(
          endpoint, exchange.silentNanos(), new java.io.UncheckedIOException(e));
    }
  }

  /** Begins a command of so many parts. */
  public void begin(int parts) {
    exchange.asking();
    head('*', parts);
  }

  /** The next part. */
  public void part(Bytes part) {
    part(part.array(), 0, part.length());
  }

  /** The next part, as UTF-8. */
  public void part(String part) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    part(bytes, 0, bytes.length);
  }

  /** The next part, in decimal. */
  public void part(long number) {
    part(Long.toString(number));
  }

  /** The next part, a range of an array. */
  public void part(byte[] array, int from, int length) {
    head('$', length);
    encoded(array, from, length);
    room(2);
    buffer[used++] = '\r';
    buffer[used++] = '\n';
  }

  /** Any number of parts that are already in the protocol's own form. */
  public void encoded(byte[] array, int from, int length) {
    if (length > buffer.length - used) {
      flushBuffer();
      if (length > buffer.length) {
        try {
          out.write(array, from, length);
        } catch (IOException e) {
          throw FailureCauses.ofUsing(
              endpoint, exchange.silentNanos(), new java.io.UncheckedIOException(e));
        }
        return;
      }
    }
    System.arraycopy(array, from, buffer, used, length);
    used += length;
  }

  /** A whole command of text parts. */
  public void command(String... parts) {
    begin(parts.length);
    for (String part : parts) {
      part(part);
    }
  }

  /** Sends what the buffer holds. */
  public void flush() {
    flushBuffer();
    try {
      out.flush();
    } catch (IOException e) {
      throw FailureCauses.ofUsing(
          endpoint, exchange.silentNanos(), new java.io.UncheckedIOException(e));
    }
  }

  private void head(char kind, int number) {
    room(LONGEST_NUMBER);
    buffer[used++] = (byte) kind;
    if (number < 10) {
      buffer[used++] = (byte) ('0' + number);
    } else {
      int digits = 1;
      for (int rest = number; rest >= 10; rest /= 10) {
        digits++;
      }
      int rest = number;
      for (int at = used + digits - 1; at >= used; at--) {
        buffer[at] = (byte) ('0' + rest % 10);
        rest /= 10;
      }
      used += digits;
    }
    buffer[used++] = '\r';
    buffer[used++] = '\n';
  }

  private void room(int bytes) {
    if (buffer.length - used < bytes) {
      flushBuffer();
    }
  }

  private void flushBuffer() {
    exchange.leaving();
    try {
      out.write(buffer, 0, used);
      used = 0;
    } catch (IOException e) {
      throw FailureCauses.ofUsing(
          endpoint, exchange.silentNanos(), new java.io.UncheckedIOException(e));
    }
  }
}
