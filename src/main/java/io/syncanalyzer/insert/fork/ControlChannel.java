package io.syncanalyzer.insert.fork;

import io.syncanalyzer.insert.fork.ControlMessage.Down;
import io.syncanalyzer.insert.fork.ControlMessage.Up;
import io.syncanalyzer.json.JsonFailure;
import io.syncanalyzer.time.NanoClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Either end of the control channel: JSON lines over a Unix domain socket, {@code I} those that
 * come in and {@code O} those that go out.
 *
 * <p>{@link #send} never blocks and may be called by any thread; {@link #receive} by one. The
 * writing is done by a thread of the channel's own, since an interrupt of a thread that writes to a
 * socket channel closes it, and interruption is how a phase is told to stop.
 */
final class ControlChannel<I extends ControlMessage, O extends ControlMessage>
    implements AutoCloseable {
  private static final long CLOSE_SECONDS = 5;

  private final SocketChannel socket;
  private final Class<I> incomingWay;
  private final NanoClock clock;
  private final BlockingQueue<ByteBuffer> outgoing = new LinkedBlockingQueue<>();
  private final Thread writer;
  private final ByteBuffer incoming = ByteBuffer.allocate(1 << 16).flip();

  ControlChannel(SocketChannel socket, Class<I> incomingWay, NanoClock clock) {
    this.socket = socket;
    this.incomingWay = incomingWay;
    this.clock = clock;
    this.writer = new Thread(this::write, "analyzer-control-out");
    writer.setDaemon(true);
    writer.start();
  }

  /** The fork's end. */
  static ControlChannel<Down, Up> connect(Path path, NanoClock clock) throws IOException {
    return new ControlChannel<>(
        SocketChannel.open(UnixDomainSocketAddress.of(path)), Down.class, clock);
  }

  /**
   * Queues a message; lost without a word if the other end is gone, which {@link #receive} says.
   */
  void send(O message) {
    outgoing.add(
        ByteBuffer.wrap((ControlJson.line(message) + "\n").getBytes(StandardCharsets.UTF_8)));
  }

  /** Waits for the next message; null = the other end is gone. */
  @Nullable I receive() {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    try {
      while (true) {
        if (!incoming.hasRemaining()) {
          incoming.clear();
          int read = socket.read(incoming);
          incoming.flip();
          if (read < 0) {
            return null;
          }
        }
        while (incoming.hasRemaining()) {
          byte next = incoming.get();
          if (next == '\n') {
            return ControlJson.message(line.toString(StandardCharsets.UTF_8), incomingWay);
          }
          line.write(next);
        }
      }
    } catch (IOException | JsonFailure gone) {
      // A process that was killed may break off in the middle of a line: gone all the same.
      return null;
    }
  }

  /** Sends what is queued, waits for that a few seconds at most, and ends the connection. */
  @Override
  public void close() {
    // No message is empty: this ends the writer.
    outgoing.add(ByteBuffer.allocate(0));
    boolean interrupted = false;
    long deadline = clock.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_SECONDS);
    while (writer.isAlive() && deadline - clock.nanoTime() > 0) {
      try {
        writer.join(100);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      // Closed is what it was to be.
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void write() {
    try {
      while (true) {
        ByteBuffer next = outgoing.take();
        if (!next.hasRemaining()) {
          return;
        }
        while (next.hasRemaining()) {
          socket.write(next);
        }
      }
    } catch (IOException | InterruptedException otherEndGone) {
      // The reading side notices too, and it is the one that can say so.
    }
  }
}
