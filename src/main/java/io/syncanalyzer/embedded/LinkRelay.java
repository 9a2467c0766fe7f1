package io.syncanalyzer.embedded;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.time.NanoClock;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands between a source and its replica: passes everything on, what comes from the source later
 * by a known time, at most at a known rate, or not at all.
 *
 * <p>The replica is told to follow {@link #port}. Settings hold from the next bytes on. Every byte
 * of the source leaves at its arrival plus the delay or later, never before. Safe for use by
 * several threads.
 */
public final class LinkRelay implements AutoCloseable {
  private static final int CHUNK = 64 * 1024;

  private final ServerSocket listener;
  private final int sourcePort;
  private final NanoClock clock;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile long delayNanos;
  private volatile long bytesPerSecond = Long.MAX_VALUE;
  private volatile long stalledUntil;
  private volatile boolean cut;

  private record Chunk(Bytes bytes, long arrivedNanos) {}

  private LinkRelay(ServerSocket listener, int sourcePort, NanoClock clock) {
    this.listener = listener;
    this.sourcePort = sourcePort;
    this.clock = clock;
    this.stalledUntil = clock.nanoTime();
  }

  /**
   * A relay to a source on this machine, without delay so far.
   *
   * @throws EmbeddedFailure if there is no free port on loopback
   */
  public static LinkRelay to(int sourcePort) {
    try {
      LinkRelay relay =
          new LinkRelay(
              new ServerSocket(0, 16, InetAddress.getLoopbackAddress()),
              sourcePort,
              NanoClock.SYSTEM);
      daemon(relay::accept, "relay-accept");
      return relay;
    } catch (IOException e) {
      throw new EmbeddedFailure("no free port on loopback: " + e.getMessage(), e);
    }
  }

  /** Where the replica finds what it takes for its source. */
  public int port() {
    return listener.getLocalPort();
  }

  /** From now on what comes from the source is passed on this much later. */
  public void delay(Duration delay) {
    delayNanos = delay.toNanos();
  }

  /** From now on at most this many bytes a second are passed on from the source. */
  public void throttle(long bytesEachSecond) {
    bytesPerSecond = bytesEachSecond;
  }

  /** From now on and for this long nothing that comes from the source is passed on. */
  public void stall(Duration time) {
    stalledUntil = clock.nanoTime() + time.toNanos();
  }

  /** Ends the link and refuses new ones until {@link #mend}. */
  public void cut() {
    cut = true;
    sockets.forEach(LinkRelay::shut);
  }

  /** Takes new links again. */
  public void mend() {
    cut = false;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket replica = listener.accept();
        if (cut) {
          shut(replica);
          continue;
        }
        Socket source = toSource(replica);
        replica.setTcpNoDelay(true);
        source.setTcpNoDelay(true);
        sockets.addAll(List.of(replica, source));
        BlockingQueue<Chunk> queue = new LinkedBlockingQueue<>();
        daemon(() -> take(source, queue, replica), "relay-take");
        daemon(() -> pass(queue, replica, source), "relay-pass");
        daemon(() -> answer(replica, source), "relay-answer");
      } catch (IOException ended) {
        // Closed, or the source is gone: the replica will try again.
      }
    }
  }

  /** A replica that waits for a source that is gone would not try again for a minute. */
  private Socket toSource(Socket replica) throws IOException {
    try {
      return new Socket(InetAddress.getLoopbackAddress(), sourcePort);
    } catch (IOException e) {
      shut(replica);
      throw e;
    }
  }

  private void take(Socket source, BlockingQueue<Chunk> queue, Socket replica) {
    byte[] buffer = new byte[CHUNK];
    try {
      InputStream in = source.getInputStream();
      int read = in.read(buffer);
      while (read >= 0) {
        queue.add(new Chunk(Bytes.wrap(Arrays.copyOf(buffer, read)), clock.nanoTime()));
        read = in.read(buffer);
      }
    } catch (IOException ended) {
      shut(source);
    }
    shut(replica);
  }

  private void pass(BlockingQueue<Chunk> queue, Socket replica, Socket source) {
    try {
      OutputStream out = replica.getOutputStream();
      while (!replica.isClosed()) {
        Chunk chunk = queue.poll(100, TimeUnit.MILLISECONDS);
        if (chunk == null) {
          continue;
        }
        for (long wait = wait(chunk); wait > 0; wait = wait(chunk)) {
          LockSupport.parkNanos(wait);
        }
        out.write(chunk.bytes().array());
        long rate = bytesPerSecond;
        if (rate != Long.MAX_VALUE) {
          LockSupport.parkNanos(chunk.bytes().length() * 1_000_000_000L / rate);
        }
      }
    } catch (IOException ended) {
      shut(replica);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    shut(source);
  }

  /** How long a chunk is still to be held, by the settings of this moment. */
  private long wait(Chunk chunk) {
    long now = clock.nanoTime();
    return Math.max(chunk.arrivedNanos() + delayNanos - now, stalledUntil - now);
  }

  private static void answer(Socket replica, Socket source) {
    try {
      replica.getInputStream().transferTo(source.getOutputStream());
    } catch (IOException ended) {
      shut(replica);
    }
    shut(source);
  }

  private static void daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void shut(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sockets.forEach(LinkRelay::shut);
  }
}
