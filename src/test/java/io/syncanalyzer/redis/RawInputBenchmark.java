package io.syncanalyzer.redis;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.PushConsumerChain;
import redis.clients.jedis.PushConsumerChainImpl;
import redis.clients.jedis.util.RedisInputStream;

/**
 * Why there is a reader of raw replies beside Jedis: the same two MGET replies of 1,000 equal
 * values, compared by each, in nanoseconds a key. {@code -prof gc} shows what they allocate.
 *
 * <p>To run it:
 *
 * <pre>
 * mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 * java -cp target/test-classes:target/classes:$(cat target/classpath) org.openjdk.jmh.Main \
 *     RawInputBenchmark -prof gc
 * </pre>
 */
@SuppressWarnings("NullAway.Init") // JMH fills the fields in its set-up.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(RawInputBenchmark.KEYS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RawInputBenchmark {
  static final int KEYS = 1000;
  private static final PushConsumerChain NO_PUSHES = PushConsumerChainImpl.of();

  /** Bytes of a value. */
  @Param({"10", "100", "1000"})
  public int valueBytes;

  private RawInput source;
  private RawInput replica;
  private RedisInputStream jedisSource;
  private RedisInputStream jedisReplica;

  /** Makes the reply. */
  @Setup
  public void reply() {
    ByteArrayOutputStream reply = new ByteArrayOutputStream();
    RawOutput out = RawReplay.into(reply);
    Random random = new Random(42);
    byte[] value = new byte[valueBytes];
    out.begin(KEYS);
    for (int i = 0; i < KEYS; i++) {
      random.nextBytes(value);
      out.part(value, 0, value.length);
    }
    out.flush();
    byte[] bytes = reply.toByteArray();
    source = RawReplay.endless(bytes);
    replica = RawReplay.endless(bytes);
    jedisSource = new RedisInputStream(RawReplay.endlessStream(bytes));
    jedisReplica = new RedisInputStream(RawReplay.endlessStream(bytes));
  }

  /** Ours: compared as they stream in. */
  @Benchmark
  public int raw() {
    source.next();
    replica.next();
    int equal = 0;
    for (long i = source.number(); i > 0; i--) {
      source.next();
      replica.next();
      if (source.number() == replica.number() && source.sameBody(replica, source.number(), 0)) {
        equal++;
      }
    }
    return all(equal);
  }

  /** Jedis's reader: an object a value. */
  @Benchmark
  public int jedis() {
    List<?> mine = (List<?>) Protocol.read(jedisSource, NO_PUSHES);
    List<?> other = (List<?>) Protocol.read(jedisReplica, NO_PUSHES);
    int equal = 0;
    for (int i = 0; i < mine.size(); i++) {
      if (Arrays.equals((byte[]) mine.get(i), (byte[]) other.get(i))) {
        equal++;
      }
    }
    return all(equal);
  }

  private static int all(int equal) {
    if (equal != KEYS) {
      throw new IllegalStateException(equal + " of " + KEYS + " found equal");
    }
    return equal;
  }
}
