package io.syncanalyzer.bench;

import io.syncanalyzer.insert.fork.Meaning;
import io.syncanalyzer.redis.wire.RawInput;
import io.syncanalyzer.redis.wire.RawOutput;
import io.syncanalyzer.redis.wire.RawReplay;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
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

/**
 * Why there is a reader of raw replies beside Jedis: the same two MGET replies of 1,000 equal
 * values, compared by each, in nanoseconds a key. {@code -prof gc} shows what they allocate.
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

  /** Bytes of a value. */
  @Meaning("bytes of a value; a reply has 1,000 of them")
  @Param({"10", "100", "1000"})
  public int valueBytes;

  private RawInput source;
  private RawInput replica;
  private Supplier<Object> jedisSource;
  private Supplier<Object> jedisReplica;

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
    jedisSource = RawReplay.throughJedis(bytes);
    jedisReplica = RawReplay.throughJedis(bytes);
  }

  /** Ours: compared as they stream in. */
  @Meaning("a key of two equal MGET replies, compared as they stream in")
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
  @Meaning("the same with Jedis's reader, for comparison")
  @Benchmark
  public int jedis() {
    List<?> mine = (List<?>) jedisSource.get();
    List<?> other = (List<?>) jedisReplica.get();
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
