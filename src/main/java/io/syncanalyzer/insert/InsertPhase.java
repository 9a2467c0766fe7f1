package io.syncanalyzer.insert;

import io.syncanalyzer.insert.fork.ControlJson;
import io.syncanalyzer.insert.fork.ControlMessage;
import io.syncanalyzer.insert.fork.ForkStory;
import io.syncanalyzer.insert.fork.InsertFailure;
import io.syncanalyzer.insert.fork.JmhFork;
import io.syncanalyzer.insert.load.LoadRecorder;
import io.syncanalyzer.probe.LagSettings;
import io.syncanalyzer.probe.figures.LagProgress;
import io.syncanalyzer.result.lag.FullSecond;
import io.syncanalyzer.sentinel.SentinelType;
import io.syncanalyzer.time.NanoClock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * The inserts: a JMH fork that writes sentinels by the schedule and watches them arrive.
 *
 * <pre>{@code
 * try (InsertPhase insert = InsertPhase.start(request, progress)) {
 *   insert.awaitReady(Duration.ofSeconds(30));  // connected, nothing written yet
 *   insert.go();
 *   insert.awaitInsertsDone();                  // the load may stop, the drain begin
 *   …
 *   insert.finish();                            // everything that comes has come
 *   InsertSummary summary = insert.result();
 * }
 * }</pre>
 *
 * <p>For one thread; {@code progress} is called by it, within the methods that wait. An interrupt
 * stops the fork; {@link #awaitInsertsDone} and {@link #result} then return soon, with what there
 * is, and leave the thread interrupted. A fork that dies ends them at once, with the cause.
 *
 * <p><b>JMH's iterations.</b> One for the warm-up and one for all of the measured time. Between
 * iterations JMH brings all threads together and hands results over, during which no sentinel
 * leaves on time; so there is one such place only, and it lies in the warm-up: the warm-up
 * iteration ends early ({@link #jmhWarmup}), and the set-up of the measured one writes on, untimed,
 * until the warm-up is over. The measured iteration ends a little before the schedule ({@link
 * #jmhTime}), since JMH has no means not to time a call that finds nothing left to write; its
 * tear-down writes the rest. So JMH's samples are real, measured writes, and fewer than ours by
 * some tenths of a second.
 */
public final class InsertPhase implements AutoCloseable {
  /** How long a fork that has written all waits to be told to finish; the drain lies within it. */
  static final Duration FINISH_PATIENCE = Duration.ofMinutes(15);

  /** JMH wants a time; a run without end is stopped long before this. */
  private static final Duration ENDLESS = Duration.ofDays(30);

  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);
  private static final Duration RESULT_PATIENCE = Duration.ofSeconds(30);

  private final JmhFork fork;
  private final ForkStory<LagProgress, InsertResult> story;
  private final NanoClock clock;
  private final Duration observeTimeout;
  private boolean interrupted;
  private boolean finishing;
  private long deadline;

  private InsertPhase(
      JmhFork fork, Duration observeTimeout, Consumer<InsertProgress> progress, NanoClock clock) {
    this.fork = fork;
    this.clock = clock;
    this.observeTimeout = observeTimeout;
    this.story =
        new ForkStory<>(
            fork,
            "the inserts' JMH fork",
            LagProgress.class,
            InsertResult.class,
            second -> progress.accept(new InsertProgress(second)),
            clock);
  }

  /**
   * Starts the fork; it connects to source and replica and waits.
   *
   * @throws InsertFailure if it cannot be started
   */
  public static InsertPhase start(InsertRequest request, Consumer<InsertProgress> progress) {
    return start(request, progress, second -> {}, NanoClock.SYSTEM);
  }

  /**
   * The same, each second of each replica also told with all that is in it, on a thread of its own
   * and whatever the caller does meanwhile.
   */
  public static InsertPhase start(
      InsertRequest request, Consumer<InsertProgress> progress, Consumer<FullSecond> seconds) {
    return start(
        new InsertRequest(request.lag().withTellingInFull(true), request.folder()),
        progress,
        seconds,
        NanoClock.SYSTEM);
  }

  private static InsertPhase start(
      InsertRequest request,
      Consumer<InsertProgress> progress,
      Consumer<FullSecond> seconds,
      NanoClock clock) {
    LagSettings lag = request.lag();
    Duration measured = lag.duration().orElse(ENDLESS);
    OptionsBuilder options = new OptionsBuilder();
    options
        .include(
            "^"
                + SentinelWrites.class.getName().replace(".", "\\.")
                + "\\."
                + SentinelWrites.GROUP
                + "$")
        .threadGroups(threadGroups(lag))
        .threads(lag.streams().size() * lag.lanes())
        .warmupIterations(lag.warmup().isZero() ? 0 : 1)
        .warmupTime(TimeValue.milliseconds(Math.max(1, jmhWarmup(lag.warmup()).toMillis())))
        .measurementIterations(1)
        .measurementTime(TimeValue.milliseconds(jmhTime(lag, measured).toMillis()))
        // JMH interrupts whatever takes longer than this; the wait for FINISH is part of it.
        .timeout(
            TimeValue.milliseconds(
                measured
                    .plus(lag.warmup())
                    .plus(FINISH_PATIENCE)
                    .plus(lag.observeTimeout())
                    .plusMinutes(1)
                    .toMillis()))
        .param("source", lag.source().display())
        .param("replica", lag.replicas().get(0).display())
        .param("rate", String.format(Locale.ROOT, "%s", lag.ratePerSecond()));
    JmhFork fork =
        JmhFork.start(
            options,
            request.folder().resolve(InsertRequest.JSON_FILE),
            request.folder().resolve(InsertRequest.LOG_FILE),
            new JmhFork.Heap(request.heapBytes(), "--sentinel-rate or --observe-timeout"),
            lag,
            work -> seconds.accept(ControlJson.read(work, FullSecond.class)),
            clock);
    return new InsertPhase(fork, lag.observeTimeout(), progress, clock);
  }

  /** Lanes by JMH's order of the group's methods, 0 for a type that is not asked for. */
  static int[] threadGroups(LagSettings lag) {
    return SentinelWrites.GROUP_ORDER.stream()
        .mapToInt((SentinelType type) -> lag.lanes(type))
        .toArray();
  }

  /** How long JMH warms up: a second less than the schedule does, but at least half of it. */
  static Duration jmhWarmup(Duration warmup) {
    return atLeastHalf(warmup, Duration.ofSeconds(1));
  }

  /**
   * How long JMH measures: a quarter of a second and two turns of a lane less than the schedule,
   * but at least half of it.
   */
  static Duration jmhTime(LagSettings lag, Duration measured) {
    double turnSeconds = lag.streams().size() * lag.lanes() / lag.ratePerSecond();
    return atLeastHalf(measured, Duration.ofMillis(250 + (long) (2000 * turnSeconds)));
  }

  private static Duration atLeastHalf(Duration whole, Duration less) {
    Duration half = whole.dividedBy(2);
    return less.compareTo(half) > 0 ? half : whole.minus(less);
  }

  /**
   * Waits until every lane and the observer are connected.
   *
   * @throws InsertFailure with the cause, if that does not come about in time
   * @throws InterruptedException if the thread is interrupted; nothing has been written then
   */
  public void awaitReady(Duration timeout) throws InterruptedException {
    story.awaitReady(timeout);
  }

  /** Starts the schedule. */
  public void go() {
    fork.send(new ControlMessage.Go());
  }

  /**
   * Tells the probe of a step of the load's ramp; may be called by any thread.
   *
   * @param step from 1; 0 = it has ended one
   */
  public void step(int step) {
    fork.send(new ControlMessage.Step(step));
  }

  /**
   * Waits until the last sentinel is written, or the fork has failed ({@link #failure}), or this
   * thread is interrupted.
   */
  public void awaitInsertsDone() {
    awaitInsertsDone(() -> false);
  }

  /**
   * As {@link #awaitInsertsDone()}, the schedule ending as soon as it has no more use.
   *
   * @param over asked about ten times a second
   */
  public void awaitInsertsDone(BooleanSupplier over) {
    boolean told = false;
    while (!story.isDone() && story.incomplete() == null && !interrupted) {
      if (!told && over.getAsBoolean()) {
        told = true;
        fork.send(new ControlMessage.End());
      }
      advance();
    }
    restoreInterrupt();
  }

  /** What has gone wrong so far, one line; the rest of a run need not go on with its load then. */
  public Optional<String> failure() {
    return Optional.ofNullable(story.incomplete());
  }

  /** Tells the probe that nothing more will come: it sees out what is outstanding and ends. */
  public void finish() {
    if (!finishing) {
      finishing = true;
      deadline = clock.nanoTime() + observeTimeout.plus(RESULT_PATIENCE).toNanos();
      fork.send(new ControlMessage.Finish());
    }
  }

  /**
   * Waits for the result; {@link #finish} is implied.
   *
   * @return also where the fork broke off or died ({@link InsertSummary#incomplete})
   */
  public InsertSummary result() {
    finish();
    while (!story.isOver()) {
      advance();
      if (deadline - clock.nanoTime() < 0) {
        story.giveUp("it did not hand over its result in time");
      }
    }
    restoreInterrupt();
    return summary(interrupted ? "interrupted" : story.incomplete());
  }

  private void advance() {
    if (Thread.interrupted()) {
      stop();
    }
    try {
      story.advance(POLL);
    } catch (InterruptedException e) {
      stop();
    }
  }

  private void stop() {
    if (!interrupted) {
      interrupted = true;
      finishing = true;
      deadline = clock.nanoTime() + STOP_PATIENCE.toNanos();
      fork.send(new ControlMessage.Stop());
    }
  }

  private void restoreInterrupt() {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private InsertSummary summary(@Nullable String incomplete) {
    InsertResult result = story.result();
    if (result == null) {
      return new InsertSummary(
          LoadRecorder.jmhVersion(),
          List.of(),
          Optional.empty(),
          incomplete == null ? "the inserts' JMH fork left no result" : incomplete);
    }
    return new InsertSummary(
        LoadRecorder.jmhVersion(),
        result.rows(),
        Optional.of(result.lag()),
        incomplete == null ? result.failing() : incomplete);
  }

  @Override
  public void close() {
    fork.close();
  }
}
