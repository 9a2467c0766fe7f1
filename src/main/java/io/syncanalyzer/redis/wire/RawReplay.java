package io.syncanalyzer.redis.wire;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.time.NanoClock;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.function.Supplier;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.PushConsumerChain;
import redis.clients.jedis.PushConsumerChainImpl;
import redis.clients.jedis.util.RedisInputStream;

/**
 * The two halves of a {@link RawConnection} without a server: for benchmarks of what reads them.
 */
public final class RawReplay {
  private static final Endpoint NOWHERE = Endpoint.parse(Side.SOURCE, "redis://127.0.0.1:1");

  private RawReplay() {}

  /** Replies that come again and again without an end, as full buffers do from a busy socket. */
  public static RawInput endless(byte[] replies) {
    return new RawInput(
        NOWHERE,
        new Exchange(NanoClock.SYSTEM),
        new PatientSocket(NanoClock.SYSTEM, 1000),
        endlessStream(replies),
        false);
  }

  /** Commands into memory. */
  public static RawOutput into(ByteArrayOutputStream commands) {
    return new RawOutput(NOWHERE, new Exchange(NanoClock.SYSTEM), commands);
  }

  /** The same replies as Jedis reads them, one a call: what {@link RawInput} is measured by. */
  public static Supplier<Object> throughJedis(byte[] replies) {
    RedisInputStream in = new RedisInputStream(endlessStream(replies));
    PushConsumerChain pushes = PushConsumerChainImpl.of();
    return () -> Protocol.read(in, pushes);
  }

  private static InputStream endlessStream(byte[] bytes) {
    return new InputStream() {
      private int at;

      @Override
      public int read() {
        int value = bytes[at] & 0xff;
        at = (at + 1) % bytes.length;
        return value;
      }

      @Override
      public int read(byte[] target, int from, int length) {
        int done = 0;
        while (done < length) {
          int step = Math.min(length - done, bytes.length - at);
          System.arraycopy(bytes, at, target, from + done, step);
          at = (at + step) % bytes.length;
          done += step;
        }
        return done;
      }
    };
  }
}
