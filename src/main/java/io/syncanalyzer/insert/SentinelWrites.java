package io.syncanalyzer.insert;

import io.syncanalyzer.insert.fork.ForkTrial;
import io.syncanalyzer.insert.fork.InsertFailure;
import io.syncanalyzer.insert.fork.JmhFork;
import io.syncanalyzer.insert.fork.Meaning;
import io.syncanalyzer.probe.LagSettings;
import io.syncanalyzer.sentinel.SentinelType;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.time.WallClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Group;
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
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.Control;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.infra.ThreadParams;
import org.openjdk.jmh.runner.IterationType;

/**
 * Sentinels of every type, side by side in one fork: a JMH group with lanes for each type, so that
 * one probe sees one schedule and each type has its own JMH result.
 *
 * <p>A method of its own for each type, all alike: JMH has one result for each method of a group,
 * and tells them apart by their names alone.
 *
 * <p>What is timed is the write and nothing else: a lane waits for its sentinel to be due in {@code
 * Level.Invocation} set-up, which JMH keeps out of its samples.
 *
 * <p>By itself ({@code analyzer jmh SentinelWrites -p source=redis://… -p replica=redis://…}) it
 * takes its time and threads ({@code -tg hash,list,set,stream,string,zset}) from JMH's command
 * line; its sentinels stay on the source until {@code analyzer clean}.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 1, time = 2)
@Measurement(iterations = 1, time = 10)
@Meaning(
    "sentinels of all types written to your source on a schedule, each timed; they stay there until"
        + " `analyzer clean`")
public class SentinelWrites {
  static final String GROUP = "sentinels";

  /** As JMH numbers the methods of a group: by their names. */
  static final List<SentinelType> GROUP_ORDER =
      Arrays.stream(SentinelType.values())
          .sorted(Comparator.comparing(SentinelType::label))
          .toList();

  /** HSET. */
  @Benchmark
  @Group(GROUP)
  public void hash(Lane lane, Control control) {
    lane.write(SentinelType.HASH, control);
  }

  /** RPUSH. */
  @Benchmark
  @Group(GROUP)
  public void list(Lane lane, Control control) {
    lane.write(SentinelType.LIST, control);
  }

  /** SADD. */
  @Benchmark
  @Group(GROUP)
  public void set(Lane lane, Control control) {
    lane.write(SentinelType.SET, control);
  }

  /** XADD. */
  @Benchmark
  @Group(GROUP)
  public void stream(Lane lane, Control control) {
    lane.write(SentinelType.STREAM, control);
  }

  /** SET. */
  @Benchmark
  @Group(GROUP)
  public void string(Lane lane, Control control) {
    lane.write(SentinelType.STRING, control);
  }

  /** ZADD. */
  @Benchmark
  @Group(GROUP)
  public void zset(Lane lane, Control control) {
    lane.write(SentinelType.ZSET, control);
  }

  /** What all lanes share. Public for JMH, which fills it in. */
  @State(Scope.Benchmark)
  public static class Run {
    /** Where sentinels are written. */
    @Meaning("URI of the source, which is written to")
    @Param("redis://127.0.0.1:13300")
    public String source = "";

    /** Where they are watched for. */
    @Meaning("URI of the replica, which is asked for them")
    @Param("redis://127.0.0.1:19777")
    public String replica = "";

    /** Sentinels per second in all. */
    @Meaning("sentinels a second in all")
    @Param("1000")
    public double rate;

    private @Nullable SentinelWork work;
    private @Nullable ForkTrial trial;
    private boolean started;
    private CountDownLatch writing = new CountDownLatch(0);

    /** Connects; under the analyzer with its settings. */
    @Setup(Level.Trial)
    public void open(BenchmarkParams params) {
      String control = System.getProperty(JmhFork.CONTROL_PROPERTY);
      if (control == null) {
        work =
            new SentinelWork(
                StandaloneSentinels.settings(params, source, replica, rate),
                NanoClock.SYSTEM,
                WallClock.SYSTEM,
                progress -> {},
                second -> {});
        return;
      }
      writing = new CountDownLatch(params.getThreads());
      trial =
          ForkTrial.join(
              Path.of(control),
              InsertPhase.FINISH_PATIENCE,
              NanoClock.SYSTEM,
              LagSettings.class,
              (settings, joined) -> {
                SentinelWork opened =
                    new SentinelWork(
                        settings,
                        NanoClock.SYSTEM,
                        WallClock.SYSTEM,
                        joined::progress,
                        joined::second);
                work = opened;
                return opened;
              });
    }

    /**
     * Ends a session that nobody handed over. What fell due after JMH's last call was never sent,
     * and is no failure.
     *
     * @throws InsertFailure if sentinels were sent and not written: JMH has timed those as well
     */
    @TearDown(Level.Trial)
    public void close() {
      if (trial != null) {
        return;
      }
      StandaloneSentinels.requireWritten(work().finish(Duration.ofSeconds(5)));
    }

    private SentinelWork work() {
      return Objects.requireNonNull(work, "the session is not open");
    }

    private synchronized void start() throws InterruptedException {
      if (trial == null && !started) {
        started = true;
        work().start();
      }
    }
  }

  /** One thread. Public for JMH. */
  @State(Scope.Thread)
  public static class Lane {
    private static final long OVER_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private SentinelWork.@Nullable Lane lane;
    private @Nullable ForkTrial trial;
    private @Nullable Control control;
    private boolean due;

    /** Takes this thread's lane. */
    @Setup(Level.Trial)
    public void take(Run run, ThreadParams thread) {
      int index =
          thread.getGroupIndex() * thread.getSubgroupThreadCount()
              + thread.getSubgroupThreadIndex();
      lane = run.work().lane(GROUP_ORDER.get(thread.getSubgroupIndex()), index);
      trial = run.trial;
    }

    /**
     * At the first iteration, waits for the word to begin, which starts the schedule. Before the
     * measured one, writes what is left of the warm-up ({@link InsertPhase}).
     */
    @Setup(Level.Iteration)
    public void begin(Run run, IterationParams iteration) throws InterruptedException {
      if (trial == null) {
        run.start();
        return;
      }
      trial.awaitGo();
      while (iteration.getType() == IterationType.MEASUREMENT
          && run.work().isWarmingUp()
          && !trial.isStopping()
          && lane().awaitDue()) {
        write(lane().type());
      }
    }

    /** Paces; not timed. */
    @Setup(Level.Invocation)
    public void awaitDue() {
      due = lane().awaitDue();
      if (!due) {
        awaitTheOthers();
      }
    }

    /**
     * The schedule is over for this lane. On a machine so busy that JMH began late, its iteration
     * is not: the call that follows is a sample of nothing, so there is to be no second one.
     */
    private void awaitTheOthers() {
      do {
        LockSupport.parkNanos(OVER_PAUSE_NANOS);
      } while (control != null
          && !control.stopMeasurement
          && trial != null
          && !trial.isStopping()
          && !Thread.currentThread().isInterrupted());
    }

    void write(SentinelType type, Control iteration) {
      control = iteration;
      if (trial != null) {
        trial.in(iteration);
      }
      if (due) {
        write(type);
      }
    }

    private void write(SentinelType type) {
      if (lane().type() != type) {
        throw new IllegalStateException("JMH put a lane of " + lane().type() + " to " + type);
      }
      try {
        lane().write();
      } catch (RuntimeException e) {
        if (trial != null) {
          trial.fail(e);
        }
        throw e;
      }
    }

    /**
     * After JMH's last iteration, writes what the schedule still holds ({@link InsertPhase}), waits
     * for the lanes that still do, and hands over.
     */
    @TearDown(Level.Iteration)
    public void end(Run run, IterationParams iteration) throws InterruptedException {
      if (trial == null || iteration.getType() != IterationType.MEASUREMENT) {
        return;
      }
      while (!trial.isStopping() && lane().awaitDue()) {
        write(lane().type());
      }
      run.writing.countDown();
      run.writing.await();
      trial.finish();
    }

    private SentinelWork.Lane lane() {
      return Objects.requireNonNull(lane, "no lane");
    }
  }
}
