package io.syncanalyzer.redis.wire;

import io.syncanalyzer.redis.UnfinishedReply;
import io.syncanalyzer.time.NanoClock;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/**
 * A socket on which a whole reply must arrive in time, not only each piece of it: a peer that sends
 * a byte now and then does not begin its timeout anew with each.
 *
 * <p>A reply may take the timeout, and as long again for every {@link #EARNING} bytes of it that
 * have come, so that a large value over a thin link is no failure. Only time spent waiting in a
 * read counts: a reply may be read in parts, with other work between. {@link #nextReply} begins a
 * reply. Under TLS this is the socket below, so that a handshake and a single record are held to it
 * too. Used by one thread, save {@link #close}.
 */
final class PatientSocket extends Socket {
  /** Bytes that earn another timeout. */
  static final long EARNING = 1024 * 1024;

  private final NanoClock clock;
  private final int timeoutMillis;
  private int firstMillis;
  private long waitedNanos;
  private long received;
  private boolean waited;

  PatientSocket(NanoClock clock, int timeoutMillis) {
    this.clock = clock;
    this.timeoutMillis = timeoutMillis;
    this.firstMillis = timeoutMillis;
  }

  /** What is read from now on is another reply. */
  void nextReply() {
    waitedNanos = 0;
    received = 0;
  }

  /** Whether anything that was read since this was last asked was not there yet when asked for. */
  boolean hasWaited() {
    boolean any = waited;
    waited = false;
    return any;
  }

  /** How long to wait for a reply's first byte from now on; 0 = for ever. */
  void firstByteMillis(int millis) {
    firstMillis = millis;
  }

  /** Closes it, whatever becomes of that; where it is below TLS, without a word to the peer. */
  void closeQuietly() {
    try {
      // Closing TLS in order could wait for a peer that does not read.
      close();
    } catch (IOException alreadyGone) {
      // Closing is the end of it either way: nothing is left to be lost.
    }
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new Patient(super.getInputStream());
  }

  private final class Patient extends FilterInputStream {
    Patient(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      int millis = waitMillis();
      // 0 is for ever, and then only what comes after the first byte is timed.
      boolean timed = millis > 0;
      setSoTimeout(millis);
      boolean lies = in.available() > 0;
      long before = clock.nanoTime();
      try {
        int count = super.read(target, from, length);
        received += Math.max(0, count);
        waited |= count > 0 && !lies;
        return count;
      } catch (SocketTimeoutException e) {
        throw received == 0 ? e : unfinished();
      } finally {
        waitedNanos += timed ? clock.nanoTime() - before : 0;
      }
    }

    private int waitMillis() throws SocketTimeoutException {
      if (received == 0) {
        return firstMillis;
      }
      long most = timeoutMillis * (1 + received / EARNING);
      long left = most - TimeUnit.NANOSECONDS.toMillis(waitedNanos);
      if (left <= 0) {
        throw unfinished();
      }
      return (int) Math.min(left, timeoutMillis);
    }

    private SocketTimeoutException unfinished() {
      return new UnfinishedReply(received);
    }
  }
}
