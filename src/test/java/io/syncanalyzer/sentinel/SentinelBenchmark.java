package io.syncanalyzer.sentinel;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * What codec and ledger cost and allocate: {@code gc.alloc.rate.norm} must be near 0 bytes.
 *
 * <p>Run with {@code mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/cp}
 * and {@code java -cp target/test-classes:target/classes:$(cat target/cp)
 * io.syncanalyzer.sentinel.SentinelBenchmark}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SentinelBenchmark {
  private final SentinelCodec codec = new SentinelCodec("20261122T210000Z", SentinelType.SET, "3");
  private final byte[] key = new byte[codec.maxKeyLength()];
  private final byte[] content = new byte[codec.maxContentLength()];
  private final byte[] encoded = codec.key(123_456);
  private final SentinelLedger ledger = new SentinelLedger(1024, 1);
  private long sequence;

  @Benchmark
  public int encodeKey() {
    return codec.encodeKey(sequence++, key);
  }

  @Benchmark
  public int encodeContent() {
    return codec.encodeContent(sequence++, 1_700_000_000_000L, 12_345_678_901L, content);
  }

  @Benchmark
  public long decodeKey() {
    return codec.sequenceOf(encoded);
  }

  /** A sentinel's whole way through the ledger. */
  @Benchmark
  public boolean sendSettleRelease() {
    long sent = ledger.send(sequence, sequence);
    boolean settled = ledger.settle(sent, SentinelLedger.State.ACKED, sequence);
    ledger.release(0, sent + 1);
    return settled;
  }

  public static void main(String[] args) throws RunnerException {
    new Runner(
            new OptionsBuilder()
                .include(SentinelBenchmark.class.getSimpleName())
                .addProfiler(GCProfiler.class)
                .build())
        .run();
  }
}
