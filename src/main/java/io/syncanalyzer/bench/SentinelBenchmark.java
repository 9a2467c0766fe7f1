package io.syncanalyzer.bench;

import io.syncanalyzer.insert.fork.Meaning;
import io.syncanalyzer.sentinel.SentinelCodec;
import io.syncanalyzer.sentinel.SentinelLedger;
import io.syncanalyzer.sentinel.SentinelType;
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

/**
 * What codec and ledger cost and allocate: with {@code -prof gc}, {@code gc.alloc.rate.norm} must
 * be near 0 bytes.
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

  /** A key into a buffer. */
  @Meaning("the key of a sentinel written to a buffer; -prof gc shows that it allocates nothing")
  @Benchmark
  public int encodeKey() {
    return codec.encodeKey(sequence++, key);
  }

  /** What a sentinel holds, into a buffer. */
  @Meaning("what a sentinel holds written to a buffer")
  @Benchmark
  public int encodeContent() {
    return codec.encodeContent(sequence++, 1_700_000_000_000L, 12_345_678_901L, content);
  }

  /** The sequence of a key. */
  @Meaning("the sequence read out of a sentinel's key")
  @Benchmark
  public long decodeKey() {
    return codec.sequenceOf(encoded);
  }

  /** A sentinel's whole way through the ledger. */
  @Meaning("a sentinel's way through the ledger: sent, acknowledged, released")
  @Benchmark
  public boolean sendSettleRelease() {
    long sent = ledger.send(sequence, sequence);
    boolean settled = ledger.settle(sent, SentinelLedger.State.ACKED, sequence);
    ledger.release(0, sent + 1);
    return settled;
  }
}
