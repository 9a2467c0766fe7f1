package io.syncanalyzer.insert;

import io.syncanalyzer.insert.fork.ControlMessage;
import io.syncanalyzer.insert.fork.ForkStory;
import io.syncanalyzer.insert.fork.InsertFailure;
import io.syncanalyzer.insert.fork.JmhFork;
import io.syncanalyzer.insert.load.JmhLoadProgress;
import io.syncanalyzer.insert.load.JmhLoadRequest;
import io.syncanalyzer.insert.load.JmhLoadSummary;
import io.syncanalyzer.insert.load.LoadRecorder;
import io.syncanalyzer.result.load.Latency;
import io.syncanalyzer.result.load.LoadRow;
import io.syncanalyzer.time.NanoClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * The JMH engine of the load phase: pipelines of every type from a JMH fork, until its time is over
 * or it is told to stop.
 *
 * <pre>{@code
 * try (InsertLoad load = InsertLoad.start(request, progress)) {
 *   load.awaitReady(Duration.ofSeconds(30));
 *   load.go();
 *   …
 *   load.stop();                            // or, with a duration, nothing
 *   JmhLoadSummary summary = load.await();
 * }
 * }</pre>
 *
 * <p>One that is {@link JmhLoadRequest#paced paced} stands still after {@link #go}, and goes at the
 * pace that it is told, an open loop: what is due is sent, however late, until another pace is
 * told.
 *
 * <pre>{@code
 * load.go();
 * load.pace(1, 5_000);
 * load.listen(Duration.ofSeconds(10));    // progress is called meanwhile
 * load.pace(1, 0);                        // stands still
 * load.pace(2, 10_000);
 * …
 * }</pre>
 *
 * <p>Runs beside an {@link InsertPhase}. {@link #stop} may be called by any thread, the rest by
 * one; {@code progress} is called by that one, within {@link #listen} and {@link #await}. An
 * interrupt of a thread in {@link #await} ends the load, keeps what it wrote, and leaves the thread
 * interrupted.
 */
public final class InsertLoad implements AutoCloseable {
  /** JMH's result of the load. */
  public static final String JSON_FILE = "jmh-load.json";

  /** JMH's chatter of the load. */
  public static final String LOG_FILE = "jmh-load.log";

  /** JMH wants a time; a load without end is stopped long before this. */
  private static final Duration ENDLESS = Duration.ofDays(30);

  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(15);

  private final JmhFork fork;
  private final ForkStory<JmhLoadProgress, JmhLoadSummary> story;
  private final NanoClock clock;
  private final Consumer<JmhLoadProgress> progress;
  private final List<JmhLoadProgress> seconds = new ArrayList<>();
  private final boolean paced;
  private int lastStep = -1;
  private volatile long stoppedAt;
  private volatile boolean stopped;

  private InsertLoad(
      JmhFork fork, boolean paced, Consumer<JmhLoadProgress> progress, NanoClock clock) {
    this.fork = fork;
    this.paced = paced;
    this.clock = clock;
    this.story =
        new ForkStory<>(
            fork,
            "the load's JMH fork",
            JmhLoadProgress.class,
            JmhLoadSummary.class,
            this::progressed,
            clock);
    this.progress = progress;
  }

  /**
   * Starts the fork; it connects to the source and waits.
   *
   * @throws InsertFailure if it cannot be started
   */
  public static InsertLoad start(JmhLoadRequest request, Consumer<JmhLoadProgress> progress) {
    return start(request, request.heapBytes(), progress, NanoClock.SYSTEM);
  }

  /**
   * As {@link #start(JmhLoadRequest, Consumer)}, in a heap of another size and on another clock.
   */
  static InsertLoad start(
      JmhLoadRequest request, long heapBytes, Consumer<JmhLoadProgress> progress, NanoClock clock) {
    Duration time = request.duration().orElse(ENDLESS);
    OptionsBuilder options = new OptionsBuilder();
    options
        .include("^" + LoadWrites.class.getName().replace(".", "\\.") + "\\.pipeline$")
        .threads(request.threads())
        .operationsPerInvocation(request.paced() ? 1 : request.batch())
        .warmupIterations(0)
        .measurementIterations(1)
        .measurementTime(TimeValue.milliseconds(time.toMillis()))
        .timeout(TimeValue.milliseconds(time.plusMinutes(10).toMillis()))
        .param("source", request.source().seed().display())
        .param(
            "types",
            request.types().stream().map(type -> type.label()).collect(Collectors.joining("+")))
        .param("depth", Integer.toString(request.pipeline()))
        .param("valueBytes", Integer.toString(request.valueBytes()))
        .param("keyRange", Long.toString(request.keyRange()))
        .param("readShare", String.format(Locale.ROOT, "%s", request.readShare()));
    JmhFork fork =
        JmhFork.start(
            options,
            request.folder().resolve(JSON_FILE),
            request.folder().resolve(LOG_FILE),
            new JmhFork.Heap(heapBytes, "--load-threads, --load-value-size or --load-pipeline"),
            request,
            second -> {},
            clock);
    return new InsertLoad(fork, request.paced(), progress, clock);
  }

  /**
   * Waits until every writer is connected.
   *
   * @throws InsertFailure with the cause, if that does not come about in time
   * @throws InterruptedException if the thread is interrupted; nothing has been written then
   */
  public void awaitReady(Duration timeout) throws InterruptedException {
    story.awaitReady(timeout);
  }

  /** Lets the fork begin to write. */
  public void go() {
    fork.send(new ControlMessage.Go());
  }

  /**
   * From now on so many commands a second in all, reads among them, of the types in their shares.
   * The schedule begins at that moment: what was due of the one before and is not sent is dropped,
   * and told as missed of that step.
   *
   * @param step from 1, higher than those before, which its rows and seconds carry; 0 = of no ramp,
   *     the first and only one
   * @param perSecond 0 = it stands still: the step has ended
   * @throws IllegalArgumentException for a rate below 0 or above {@value
   *     JmhLoadRequest#MOST_PER_SECOND}, or a step that there was
   * @throws IllegalStateException if it is not {@link JmhLoadRequest#paced paced}
   */
  public void pace(int step, long perSecond) {
    if (!paced) {
      throw new IllegalStateException("this load goes as fast as it can");
    }
    if (perSecond < 0 || perSecond > JmhLoadRequest.MOST_PER_SECOND) {
      throw new IllegalArgumentException(
          perSecond + "/s is not in 0.." + JmhLoadRequest.MOST_PER_SECOND);
    }
    if (perSecond > 0) {
      if (step <= lastStep) {
        throw new IllegalArgumentException("step " + step + " after step " + lastStep);
      }
      lastStep = step;
    }
    fork.send(new ControlMessage.Pace(step, perSecond));
  }

  /**
   * Takes in what the fork says for about that time, less only where it has ended.
   *
   * @throws InterruptedException if the thread is interrupted; the load goes on
   */
  public void listen(Duration time) throws InterruptedException {
    long deadline = clock.nanoTime() + time.toNanos();
    long left = time.toNanos();
    while (left > 0 && !story.isOver()) {
      story.advance(Duration.ofNanos(Math.min(left, POLL.toNanos())));
      left = deadline - clock.nanoTime();
    }
  }

  /** What has gone wrong so far, one line. */
  public Optional<String> failure() {
    return Optional.ofNullable(story.incomplete());
  }

  /** Tells it to stop; {@link #await} then returns soon. */
  public void stop() {
    if (!stopped) {
      stoppedAt = clock.nanoTime();
      stopped = true;
      fork.send(new ControlMessage.Stop());
    }
  }

  /**
   * Waits for the end of the load.
   *
   * @return what was written, also where it broke off ({@link JmhLoadSummary#incomplete})
   * @throws InsertFailure if the fork died and left nothing
   */
  public JmhLoadSummary await() {
    boolean interrupted = false;
    boolean finishing = false;
    while (!story.isOver()) {
      interrupted |= Thread.interrupted();
      if (interrupted) {
        stop();
      }
      try {
        story.advance(POLL);
        if (story.isDone() && !finishing) {
          finishing = true;
          fork.send(new ControlMessage.Finish());
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
      if (stopped && clock.nanoTime() - stoppedAt > STOP_PATIENCE.toNanos()) {
        story.giveUp("it did not stop within " + STOP_PATIENCE.toSeconds() + " s");
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return summary(interrupted ? "interrupted" : story.incomplete());
  }

  private JmhLoadSummary summary(@Nullable String incomplete) {
    JmhLoadSummary summary = story.result();
    if (summary != null) {
      return incomplete == null ? summary : summary.incomplete(incomplete);
    }
    String why = incomplete == null ? "the load's JMH fork left no result" : incomplete;
    if (seconds.isEmpty()) {
      throw new InsertFailure(why, null);
    }
    return fromProgress(why);
  }

  /** What a fork that was killed had told of itself: the seconds, and their sum without rows. */
  private JmhLoadSummary fromProgress(String why) {
    JmhLoadProgress last = seconds.get(seconds.size() - 1);
    double elapsed = seconds.size();
    LoadRow totals =
        new LoadRow(
            JmhLoadSummary.ENGINE,
            LoadRow.TOTALS,
            null,
            LoadRow.Asked.NOTHING,
            new LoadRow.Done(last.count(), last.count() / elapsed),
            Latency.UNKNOWN,
            null,
            new LoadRow.Errors(last.connectionErrors(), last.errorReplies()));
    return new JmhLoadSummary(
        LoadRecorder.jmhVersion(),
        List.of(totals),
        seconds.stream().map(JmhLoadProgress::last).toList(),
        Duration.ofSeconds(seconds.size()),
        Map.of(),
        List.of(),
        why,
        List.of());
  }

  private void progressed(JmhLoadProgress second) {
    seconds.add(second);
    progress.accept(second);
  }

  @Override
  public void close() {
    fork.close();
  }
}
