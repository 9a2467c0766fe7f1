package io.syncanalyzer.bench;

import io.syncanalyzer.insert.fork.Meaning;
import io.syncanalyzer.probe.figures.LagRecorder;
import io.syncanalyzer.probe.observe.Outstanding;
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
 * What recording a lag and keeping the outstanding cost and allocate: with {@code -prof gc}, {@code
 * gc.alloc.rate.norm} must be near 0 bytes.
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
  @Meaning("the lag of one sentinel recorded; -prof gc shows that it allocates nothing")
  @Benchmark
  public void record() {
    at = (at + 7919) % 10_000_000;
    recorder.record(0, 100_000 + at, at, 150_000 + at);
  }

  /** Two arrive, one of them is seen at once, the other in the next round. */
  @Meaning("two sentinels put among the outstanding and taken out again, in two rounds")
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
}
