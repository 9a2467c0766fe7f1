package io.syncanalyzer.bench;

import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.fence.Fence;
import io.syncanalyzer.fence.FenceMode;
import io.syncanalyzer.fence.Fences;
import io.syncanalyzer.insert.fork.Meaning;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.VerifyPhase;
import io.syncanalyzer.verify.VerifySummary;
import io.syncanalyzer.verify.attempt.VerifyRequest;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A whole verification of a real pair, once a fork, as a user runs it: cold. Prints keys a second,
 * the time as a multiple of the servers' own CPU floor (their CPU seconds divided by the two
 * cores), and the most heap that was in use.
 */
@SuppressWarnings("NullAway.Init") // JMH fills the fields in its set-up.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(3)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class VerifyBenchmark {
  private static final int CORES = 2;

  /** Strings; a twentieth of that of each other type comes on top. */
  @Meaning("strings in the pair; a twentieth of that of hashes, lists, sets and zsets each on top")
  @Param({"100000", "1000000"})
  public int keys;

  /** Bytes of a string. */
  @Meaning("bytes of a string")
  @Param({"100"})
  public int valueBytes;

  private EmbeddedPair pair;
  private Scratch scratch;
  private VerifySummary summary;

  /** Starts the pair and fills it. */
  @Setup(Level.Trial)
  public void fill() throws IOException {
    scratch = Scratch.open();
    pair = EmbeddedPair.start(scratch.redisServer());
    KeyspaceMix.write(pair.source(), keys, keys / 20, valueBytes, 42);
    try (Fence fence =
        Fences.choose(FenceMode.OFFSET, pair.source(), pair.replica(), "jmh", NanoClock.SYSTEM)) {
      fence.pass(Duration.ofMinutes(1));
    }
  }

  /** One verification, whose summary JMH takes. */
  @Meaning("a whole verification of a pair that it starts and fills itself, as a user waits for it")
  @Benchmark
  public long verify() {
    summary =
        new VerifyPhase(told -> {}, NanoClock.SYSTEM)
            .run(VerifyRequest.of(pair.source(), pair.replica(), "jmh", scratch.folder()));
    long equal = summary.keys(KeyVerdict.EQUAL);
    if (equal != keys + 4L * (keys / 20)) {
      throw new IllegalStateException(equal + " keys found equal, not all that were written");
    }
    return equal;
  }

  /** Prints what JMH does not, and ends the pair. */
  @TearDown(Level.Trial)
  public void print() throws IOException {
    double seconds = summary.elapsed().toNanos() / 1e9;
    double floor =
        (Objects.requireNonNull(summary.sourceCost().cpuSeconds(), "the source hides its time")
                + Objects.requireNonNull(
                    summary.replicaCost().cpuSeconds(), "the replica hides its time"))
            / CORES;
    List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans();
    long peak = pools.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    System.out.printf(
        Locale.ROOT,
        "%n%d keys equal, %.0f keys/s, %.2f times the floor of %.2f s, peak %d MB%n",
        summary.keys(KeyVerdict.EQUAL),
        summary.keysPerSecond(),
        seconds / floor,
        floor,
        peak / (1024 * 1024));
    pair.close();
    scratch.close();
  }
}
