package io.syncanalyzer.probe;

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
 * What recording a lag and keeping the outstanding cost and allocate: {@code gc.alloc.rate.norm}
 * must be near 0 bytes.
 *
 * <p>Run with {@code mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/cp}
 * and {@code java -cp target/test-classes:target/classes:$(cat target/cp)
 * io.syncanalyzer.probe.LagRecorderBenchmark}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LagRecorderBenchmark {
  private final LagRecorder recorder = new LagRecorder();
  private final Outstanding outstanding = new Outstanding(256);
  private long at;

  /** A sentinel's four figures. */
  @Benchmark
  public void record() {
    at = (at + 7919) % 10_000_000;
    recorder.record(100_000 + at, at, 150_000 + at);
  }

  /** Two arrive, one of them is seen at once, the other in the next round. */
  @Benchmark
  public int addSettleCompact() {
    outstanding.add(Outstanding.entry(1, at++));
    outstanding.add(Outstanding.entry(2, at++));
    outstanding.settle(0);
    outstanding.compact(2);
    outstanding.settle(0);
    outstanding.compact(1);
    return outstanding.size();
  }

  public static void main(String[] args) throws RunnerException {
    new Runner(
            new OptionsBuilder()
                .include(LagRecorderBenchmark.class.getSimpleName())
                .addProfiler(GCProfiler.class)
                .build())
        .run();
  }
}
