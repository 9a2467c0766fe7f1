package io.syncanalyzer.redis.wire;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.time.NanoClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a connection and its socket: a command whose reply a {@link ReplyMemory} has does
 * not leave, and its reply is given in its place among the others. What is asked under a WATCH is
 * asked of the server, and nothing is kept of it; another database is another memory.
 *
 * <p>For one thread, and one socket.
 */
final class Remembering {
  private static final int CAPACITY = 64 * 1024;

  /** Commands longer than this are passed on as they come. */
  private static final int LONGEST = 2 * 1024 * 1024;

  private static final Asked UNKEPT = new Asked(null, null);

  private final ReplyMemory memory;
  private final OutputStream toServer;
  private final InputStream fromServer;
  private final NanoClock clock;
  private final Queue<Asked> asked = new ArrayDeque<>();
  private final Out out = new Out();
  private final In in = new In();
  private boolean watching;
  private long wentNanos;

  /**
   * What is to be answered next.
   *
   * @param kept the reply; null where the server's is waited for
   * @param command under which that reply is kept; null where it is not
   */
  private record Asked(ReplyMemory.@Nullable Kept kept, @Nullable Bytes command) {}

  Remembering(ReplyMemory memory, OutputStream toServer, InputStream fromServer, NanoClock clock) {
    this.memory = memory;
    this.toServer = toServer;
    this.fromServer = fromServer;
    this.clock = clock;
    this.wentNanos = clock.nanoTime();
  }

  OutputStream out() {
    return out;
  }

  InputStream in() {
    return in;
  }

  /** For how long nothing has gone over the socket itself. */
  long idleNanos() {
    return clock.nanoTime() - wentNanos;
  }

  private final class Out extends OutputStream {
    private final CommandEnd commandEnd = new CommandEnd();
    private final ByteArrayOutputStream command = new ByteArrayOutputStream();
    private final ByteArrayOutputStream leaving = new ByteArrayOutputStream();
    private boolean tooLong;

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] array, int from, int length) throws IOException {
      int at = from;
      while (at < from + length) {
        int step = commandEnd.take(array, at, from + length);
        if (!tooLong && command.size() + step > LONGEST) {
          asked.add(UNKEPT);
          command.writeTo(leaving);
          command.reset();
          tooLong = true;
        }
        if (tooLong) {
          leave();
          toServer.write(array, at, step);
          wentNanos = clock.nanoTime();
        } else {
          command.write(array, at, step);
        }
        at += step;
        if (commandEnd.isOver()) {
          if (!tooLong) {
            decide();
          }
          tooLong = false;
        }
      }
      leave();
    }

    private void decide() throws IOException {
      String name = commandEnd.name();
      switch (name) {
        case "WATCH" -> watching = true;
        case "EXEC", "UNWATCH", "DISCARD" -> watching = false;
        case "SELECT" -> memory.begin();
        default -> {}
      }
      Asked now = UNKEPT;
      if (!watching) {
        Bytes whole = Bytes.wrap(command.toByteArray());
        if (memory.keeps(name, commandEnd.parts(), whole)) {
          now = new Asked(memory.take(whole), whole);
        }
      }
      asked.add(now);
      if (now.kept() == null) {
        command.writeTo(leaving);
      }
      command.reset();
    }

    private void leave() throws IOException {
      if (leaving.size() > 0) {
        leaving.writeTo(toServer);
        leaving.reset();
        wentNanos = clock.nanoTime();
      }
    }

    @Override
    public void flush() throws IOException {
      toServer.flush();
    }
  }

  private final class In extends InputStream {
    private final ReplyEnd replyEnd = new ReplyEnd();
    private final byte[] came = new byte[CAPACITY];
    private int at;
    private int end;
    private int keptAt;
    private boolean within;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      int done = 0;
      while (done < length) {
        Asked next = asked.peek();
        if (next != null && next.kept() != null) {
          done += keptInto(target, from + done, length - done, next.kept());
          continue;
        }
        if (at == end) {
          // What is there already is not held back for what is still to come.
          if (done > 0) {
            break;
          }
          at = 0;
          end = 0;
          int count = fromServer.read(came, 0, came.length);
          if (count < 0) {
            return -1;
          }
          end = count;
          wentNanos = clock.nanoTime();
        }
        done += cameInto(target, from + done, length - done, next);
      }
      return done;
    }

    private int keptInto(byte[] target, int to, int room, ReplyMemory.Kept reply) {
      int step = Math.min(room, reply.length() - keptAt);
      memory.copy(reply, keptAt, target, to, step);
      keptAt += step;
      if (keptAt == reply.length()) {
        keptAt = 0;
        asked.remove();
      }
      return step;
    }

    private int cameInto(byte[] target, int to, int room, @Nullable Asked next) {
      int step = Math.min(room, end - at);
      // Jedis logs in past us: nobody is known to have asked for what it reads.
      if (next != null) {
        if (!within) {
          replyEnd.begin();
          memory.record(next.command() != null);
          within = true;
        }
        step = replyEnd.take(came, at, at + step);
        memory.record(came, at, step);
        if (replyEnd.isOver()) {
          within = false;
          asked.remove();
          if (next.command() != null) {
            memory.recorded(Objects.requireNonNull(next.command()), replyEnd.isError());
          }
        }
      }
      System.arraycopy(came, at, target, to, step);
      at += step;
      return step;
    }
  }
}
