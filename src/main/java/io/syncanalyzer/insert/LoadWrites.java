package io.syncanalyzer.insert;

import io.syncanalyzer.insert.fork.ForkTrial;
import io.syncanalyzer.insert.fork.InsertFailure;
import io.syncanalyzer.insert.fork.JmhFork;
import io.syncanalyzer.insert.fork.Meaning;
import io.syncanalyzer.insert.fork.StandaloneEndpoints;
import io.syncanalyzer.insert.load.JmhLoadRequest;
import io.syncanalyzer.insert.load.JmhLoadRequest.Data;
import io.syncanalyzer.insert.load.JmhLoadRequest.Writers;
import io.syncanalyzer.insert.load.LoadLane;
import io.syncanalyzer.insert.load.LoadWork;
import io.syncanalyzer.redis.Refusals;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.Topology;
import io.syncanalyzer.sentinel.SentinelType;
import io.syncanalyzer.time.NanoClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.Control;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * Pipelines of writes, as fast as they go or at a pace: the JMH engine of the load phase.
 *
 * <p>By itself ({@code analyzer jmh LoadWrites -p source=redis://…}) it takes its {@code @Param}s,
 * its time and its threads from JMH's command line, and a score is in pipelines; started by {@link
 * InsertLoad} it takes all of that from there, and a score is in commands.
 *
 * <p>At a pace a call writes as much as is due then, and a lane waits for that outside of what JMH
 * times. So the score is then no rate of the load's: it is calls for each second that was spent in
 * calls. How many commands were answered is {@link Counts#commands}, a number and no rate, at a
 * pace and without.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Threads(4)
@Warmup(iterations = 1, time = 2)
@Measurement(iterations = 3, time = 5)
@Meaning(
    "pipelines of writes to your source as fast as they go, the built-in load; the keys stay there"
        + " until `analyzer clean`")
public class LoadWrites {
  /** Writes one pipeline of commands and takes its replies: what JMH times. */
  @Benchmark
  public int pipeline(Lane lane, Counts counts, Control control) {
    int answered = lane.pipeline(control);
    counts.commands += answered;
    return answered;
  }

  /** What JMH's own figures do not tell. Public for JMH. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Counts {
    /** Commands that were answered without an error. */
    public long commands;
  }

  /** What all writers share. Public for JMH, which fills it in. */
  @State(Scope.Benchmark)
  public static class Load {
    /** Where to write. */
    @Meaning("URI of the source, which is written to")
    @Param("redis://127.0.0.1:13300")
    public String source = "";

    /** Types, {@code +} between: JMH takes a comma for several values, each a run of its own. */
    @Meaning("types that are written, + between them")
    @Param("string+hash+list+set+zset+stream")
    public String types = "";

    /** Commands in a pipeline. */
    @Meaning("commands in a pipeline")
    @Param("" + Writers.PIPELINE)
    public int depth;

    /** Size of a value. */
    @Meaning("bytes of a value")
    @Param("" + Data.VALUE_BYTES)
    public int valueBytes;

    /** Keys of each type. */
    @Meaning("keys of each type")
    @Param("" + Data.KEYS)
    public long keyRange;

    /** Share of reads. */
    @Meaning("share of reads, 0 to 1")
    @Param("0")
    public double readShare;

    private @Nullable LoadWork work;
    private @Nullable ForkTrial trial;

    /** Connects; under the analyzer with its settings. */
    @Setup(Level.Trial)
    public void open(BenchmarkParams params) {
      String control = System.getProperty(JmhFork.CONTROL_PROPERTY);
      if (control == null) {
        work = new LoadWork(standalone(params.getThreads()), NanoClock.SYSTEM, second -> {});
        return;
      }
      trial =
          ForkTrial.join(
              Path.of(control),
              Duration.ofMinutes(1),
              NanoClock.SYSTEM,
              JmhLoadRequest.class,
              (request, joined) -> {
                LoadWork opened = new LoadWork(request, NanoClock.SYSTEM, joined::progress);
                work = opened;
                return opened;
              });
    }

    /**
     * Ends a load that nobody handed over.
     *
     * @throws InsertFailure if commands were refused: JMH has timed those as well
     */
    @TearDown(Level.Trial)
    public void close() {
      if (trial == null) {
        String refused = work().finish().incomplete();
        if (refused != null) {
          throw new InsertFailure(refused, null);
        }
      }
    }

    LoadWork work() {
      return Objects.requireNonNull(work, "the load is not open");
    }

    private JmhLoadRequest standalone(int threads) {
      Writers one = Refusals.named("-t: ", () -> Writers.DEFAULT.withThreads(threads));
      Writers writers = Refusals.named("-p depth: ", () -> one.withPipeline(depth));
      List<SentinelType> parsed =
          Refusals.named(
              "-p types: ", () -> Arrays.stream(types.split("[+]")).map(SentinelType::of).toList());
      Data typed = Data.DEFAULT.withTypes(parsed);
      Data sized = Refusals.named("-p valueBytes: ", () -> typed.withValueBytes(valueBytes));
      Data ranged = Refusals.named("-p keyRange: ", () -> sized.withKeyRange(keyRange));
      return new JmhLoadRequest(
          Topology.single(StandaloneEndpoints.of(Side.SOURCE, source)),
          Path.of("."),
          writers,
          Refusals.named("-p readShare: ", () -> ranged.withReadShare(readShare)),
          Optional.empty(),
          false);
    }
  }

  /** One writer. Public for JMH. */
  @State(Scope.Thread)
  public static class Lane {
    private @Nullable LoadLane lane;
    private @Nullable ForkTrial trial;

    /** Takes this thread's lane. */
    @Setup(Level.Trial)
    public void take(Load load, ThreadParams thread) {
      lane = load.work().lane(thread.getThreadIndex());
      trial = load.trial;
    }

    /** Waits for the word to begin. */
    @Setup(Level.Iteration)
    public void awaitGo() throws InterruptedException {
      if (trial != null) {
        trial.awaitGo();
      }
    }

    /** Paces; not timed. */
    @Setup(Level.Invocation)
    public void awaitDue() {
      Objects.requireNonNull(lane, "no lane").awaitDue();
    }

    /** Hands over what was written; under the analyzer there is one iteration. */
    @TearDown(Level.Iteration)
    public void end(Load load) throws InterruptedException {
      if (trial != null) {
        load.work().endSchedule();
        trial.finish();
      }
    }

    int pipeline(Control control) {
      LoadLane mine = Objects.requireNonNull(lane, "no lane");
      if (trial == null) {
        return mine.batch();
      }
      trial.in(control);
      try {
        return mine.batch();
      } catch (RuntimeException e) {
        trial.fail(e);
        throw e;
      }
    }
  }
}
