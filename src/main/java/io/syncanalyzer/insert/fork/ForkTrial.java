package io.syncanalyzer.insert.fork;

import io.syncanalyzer.insert.fork.ControlMessage.Done;
import io.syncanalyzer.insert.fork.ControlMessage.Down;
import io.syncanalyzer.insert.fork.ControlMessage.End;
import io.syncanalyzer.insert.fork.ControlMessage.Failed;
import io.syncanalyzer.insert.fork.ControlMessage.Finish;
import io.syncanalyzer.insert.fork.ControlMessage.Go;
import io.syncanalyzer.insert.fork.ControlMessage.Hello;
import io.syncanalyzer.insert.fork.ControlMessage.Pace;
import io.syncanalyzer.insert.fork.ControlMessage.Progress;
import io.syncanalyzer.insert.fork.ControlMessage.Ready;
import io.syncanalyzer.insert.fork.ControlMessage.Result;
import io.syncanalyzer.insert.fork.ControlMessage.Second;
import io.syncanalyzer.insert.fork.ControlMessage.Settings;
import io.syncanalyzer.insert.fork.ControlMessage.Step;
import io.syncanalyzer.insert.fork.ControlMessage.Stop;
import io.syncanalyzer.insert.fork.ControlMessage.Up;
import io.syncanalyzer.time.NanoClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.Control;

/**
 * The fork's side of the control channel: from {@code HELLO} to {@code RESULT}, whatever happens.
 *
 * <p>There are four ways to the end, and each hands over what there is: the tear-down of JMH's last
 * iteration; a failure in a benchmark, after which JMH runs no tear-down; a {@code STOP}; and a
 * signal, by a shutdown hook. If the parent is gone there is nobody to hand it to, and the JVM ends
 * at once.
 *
 * <p>Safe for use by several threads.
 */
public final class ForkTrial {
  private static final Duration STOP_TICK = Duration.ofMillis(100);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(1);
  private static final Duration HAND_OVER_PATIENCE = Duration.ofSeconds(20);

  private final ControlChannel<Down, Up> channel;
  private final NanoClock clock;
  private final Duration finishPatience;
  private final CountDownLatch gate = new CountDownLatch(1);
  private final CountDownLatch finish = new CountDownLatch(1);
  private final CountDownLatch handedOver = new CountDownLatch(1);
  private final AtomicBoolean ready = new AtomicBoolean();
  private final AtomicBoolean failed = new AtomicBoolean();
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final AtomicBoolean handingOver = new AtomicBoolean();
  private volatile @Nullable ForkWork work;
  private final JmhIteration iteration = new JmhIteration();
  private volatile boolean started;
  private volatile boolean signalled;
  private volatile boolean resultSent;

  private ForkTrial(ControlChannel<Down, Up> channel, Duration finishPatience, NanoClock clock) {
    this.channel = channel;
    this.clock = clock;
    this.finishPatience = finishPatience;
  }

  /**
   * Opens the work of a fork from its settings.
   *
   * @param <S> the settings
   */
  @FunctionalInterface
  public interface Opener<S> {
    /** Opens it; it may tell of itself by the trial. */
    ForkWork open(S settings, ForkTrial trial);
  }

  /**
   * Finds the parent, gets the settings, and opens the work.
   *
   * @param finishPatience how long a fork that is done waits for {@code FINISH}
   * @throws RuntimeException whatever {@code opener} throws, after the parent was told
   */
  public static <S> ForkTrial join(
      Path control,
      Duration finishPatience,
      NanoClock clock,
      Class<S> settingsType,
      Opener<S> opener) {
    ControlChannel<Down, Up> channel;
    try {
      channel = ControlChannel.connect(control, clock);
    } catch (IOException e) {
      throw new InsertFailure("the analyzer that started this fork is gone", e);
    }
    ForkTrial trial = new ForkTrial(channel, finishPatience, clock);
    channel.send(new Hello(ProcessHandle.current().pid()));
    if (!(channel.receive() instanceof Settings settings)) {
      throw new InsertFailure("the analyzer that started this fork went away", null);
    }
    try {
      trial.work = opener.open(ControlJson.read(settings.work(), settingsType), trial);
    } catch (RuntimeException e) {
      channel.send(new Failed(oneLine(e)));
      channel.close();
      throw e;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(trial::signalled, "analyzer-hand-over"));
    trial.daemon("analyzer-control-in", trial::listen);
    return trial;
  }

  /**
   * Each lane comes here at the start of each iteration; at the first all of them wait for {@code
   * GO}, so that the schedule starts with every lane in place.
   */
  public void awaitGo() throws InterruptedException {
    if (ready.compareAndSet(false, true)) {
      channel.send(new Ready());
    }
    gate.await();
    if (!started) {
      throw new InsertFailure("stopped before it began", null);
    }
  }

  /** Lanes show JMH's switches of the iteration they are in, so that it can be ended early. */
  public void in(Control control) {
    iteration.in(control);
  }

  /** A lane cannot go on: JMH is about to fail too, so this hands over on a thread of its own. */
  public void fail(Throwable cause) {
    if (failed.compareAndSet(false, true)) {
      channel.send(new Failed(oneLine(cause)));
      requireWork().release();
      new Thread(this::handOver, "analyzer-failed").start();
    }
  }

  /** Tells the parent where the work stands. */
  public void progress(Record work) {
    if (handedOver.getCount() > 0) {
      channel.send(new Progress(ControlJson.of(work)));
    }
  }

  /** Tells the parent of a second with all that was measured in it. */
  public void second(Record work) {
    if (handedOver.getCount() > 0) {
      channel.send(new Second(ControlJson.of(work)));
    }
  }

  /** Whether it was told to stop or a lane has failed. */
  public boolean isStopping() {
    return stopping.get() || failed.get();
  }

  /**
   * Tells the parent that all is written, waits for {@code FINISH}, hands over. Each lane calls it
   * in the tear-down of its last iteration, and returns when it is done; so JMH has nothing left to
   * do in the trial's own, where it would let all threads but one sleep for a second.
   */
  public void finish() throws InterruptedException {
    handOver();
    handedOver.await();
  }

  private void handOver() {
    if (!handingOver.compareAndSet(false, true)) {
      return;
    }
    channel.send(new Done());
    try {
      if (!finish.await(finishPatience.toMillis(), TimeUnit.MILLISECONDS)) {
        channel.send(new Failed("the fork was not told to finish in time"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      channel.send(new Result(ControlJson.of(requireWork().result(stopping.get() || signalled))));
    } catch (RuntimeException e) {
      channel.send(new Failed(oneLine(e)));
    }
    resultSent = true;
    channel.close();
    handedOver.countDown();
  }

  private void listen() {
    Down message = channel.receive();
    while (message != null) {
      if (message instanceof Go) {
        go();
      } else if (message instanceof Step step) {
        requireWork().step(step.step());
      } else if (message instanceof Pace pace) {
        requireWork().pace(pace.step(), pace.perSecond());
      } else if (message instanceof End) {
        daemon("analyzer-end", this::end);
      } else if (message instanceof Finish) {
        finish.countDown();
      } else if (message instanceof Stop) {
        daemon("analyzer-stop", this::stop);
      }
      message = channel.receive();
    }
    if (!resultSent) {
      // Nobody is left to hand anything to; what this JVM might still write would only disturb.
      Runtime.getRuntime().halt(1);
    }
  }

  private void go() {
    requireWork().start();
    started = true;
    gate.countDown();
  }

  /** The writing ends here and in good order, as it would have by the schedule. */
  private void end() {
    requireWork().endSchedule();
    try {
      while (!handingOver.get() && !stopping.get()) {
        iteration.end();
        if (handedOver.await(STOP_TICK.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Ends JMH's iteration ahead of its time, and the one that follows a warm-up too; hands over
   * itself where JMH does not get there.
   */
  private void stop() {
    if (!stopping.compareAndSet(false, true)) {
      return;
    }
    finish.countDown();
    gate.countDown();
    if (started) {
      // What falls due from now on nobody will send: it is not to count as scheduled.
      requireWork().endSchedule();
    }
    long begun = clock.nanoTime();
    try {
      boolean released = false;
      while (!handingOver.get()) {
        iteration.end();
        long waited = clock.nanoTime() - begun;
        if (!released && waited > STOP_PATIENCE.toNanos()) {
          requireWork().release();
          released = true;
        } else if (released && waited > 2 * STOP_PATIENCE.toNanos()) {
          // A lane hangs on its server; JMH waits for it, whoever stopped us should not.
          handOver();
        }
        if (handedOver.await(STOP_TICK.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A signal or JMH's own end: hands over whatever nobody has handed over yet. */
  private void signalled() {
    if (handedOver.getCount() == 0 || !started) {
      return;
    }
    if (!stopping.get() && !handingOver.get() && failed.compareAndSet(false, true)) {
      channel.send(new Failed("interrupted"));
    }
    signalled = true;
    finish.countDown();
    requireWork().release();
    handOver();
    try {
      handedOver.await(HAND_OVER_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ForkWork requireWork() {
    return Objects.requireNonNull(work, "the work is not open");
  }

  private void daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static String oneLine(Throwable cause) {
    String message = cause.getMessage();
    return message == null
        ? cause.getClass().getSimpleName()
        : message.lines().findFirst().orElse(message);
  }
}
