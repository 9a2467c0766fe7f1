package io.syncanalyzer.load.process;

import io.syncanalyzer.load.memtier.LoadLimits;
import io.syncanalyzer.load.output.Cause;
import io.syncanalyzer.load.output.StderrReading;
import io.syncanalyzer.time.NanoClock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Watches the processes of a stage until they have ended, and ends them where they would not: what
 * no exit status of memtier tells.
 */
public final class StageRun {

  private static final long POLL_MILLIS = 50;

  /** Replies after which no further write will succeed, so that going on is of no use. */
  private static final Set<String> HOPELESS =
      Set.of(
          "READONLY", "NOAUTH", "NOPERM", "WRONGPASS", "OOM", "MISCONF", "NOREPLICAS", "LOADING");

  private final List<MemtierProcess> processes;
  private final Duration expected;
  private final LoadLimits limits;
  private final NanoClock clock;
  private final Consumer<List<StderrReading>> everySecond;

  /**
   * @param expected how long they should run; zero = unknown
   * @param everySecond told what has been read so far
   */
  public StageRun(
      List<MemtierProcess> processes,
      Duration expected,
      LoadLimits limits,
      NanoClock clock,
      Consumer<List<StderrReading>> everySecond) {
    this.processes = processes;
    this.expected = expected;
    this.limits = limits;
    this.clock = clock;
    this.everySecond = everySecond;
  }

  /** Waits for their end, or brings it about. */
  public StageEnd await() {
    List<StderrReading> readings = processes.stream().map(MemtierProcess::reading).toList();
    long lastOperations = 0;
    long lastProgress = clock.nanoTime();
    long lastTold = clock.nanoTime();
    boolean interrupted = false;
    Optional<String> cause = Optional.empty();
    while (cause.isEmpty() && processes.stream().anyMatch(MemtierProcess::isAlive)) {
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        interrupted = true;
        break;
      }
      long now = clock.nanoTime();
      long operations = readings.stream().mapToLong(StderrReading::operations).sum();
      if (operations > lastOperations) {
        lastOperations = operations;
        lastProgress = now;
      }
      if (now - lastTold >= 1_000_000_000L) {
        lastTold = now;
        everySecond.accept(readings);
      }
      cause = refusal(readings).or(this::brokenOff);
      if (cause.isEmpty()) {
        cause = tooLong(operations, Duration.ofNanos(now - lastProgress), readings);
      }
    }
    processes.forEach(MemtierProcess::stop);
    processes.forEach(MemtierProcess::drain);
    everySecond.accept(readings);
    if (interrupted) {
      return new StageEnd.Interrupted();
    }
    return cause.isEmpty()
        ? new StageEnd.ByThemselves()
        // What the source refused, counted anew: more of it came in while they were stopped.
        : new StageEnd.Stopped(refusal(readings).orElse(cause.get()));
  }

  private static Optional<String> refusal(List<StderrReading> readings) {
    for (StderrReading reading : readings) {
      if (!reading.loginError().isEmpty() || hopeless(reading.errorReplies())) {
        return Cause.ofReplies(reading);
      }
    }
    return Optional.empty();
  }

  private static boolean hopeless(Map<String, Long> replies) {
    return replies.keySet().stream().anyMatch(HOPELESS::contains);
  }

  /** Where one of several has failed, the others no longer are the load that was asked for. */
  private Optional<String> brokenOff() {
    for (MemtierProcess process : processes) {
      if (!process.isAlive() && process.status() != 0 && processes.size() > 1) {
        process.drain();
        return Optional.of(Cause.ofEnd(process.status(), process.reading()));
      }
    }
    return Optional.empty();
  }

  private Optional<String> tooLong(
      long operations, Duration sinceProgress, List<StderrReading> readings) {
    Duration age = processes.get(0).age();
    if (operations == 0) {
      if (age.compareTo(limits.start()) > 0) {
        String connection =
            readings.stream()
                .map(StderrReading::connectionError)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .map(text -> " (" + text + ")")
                .orElse("");
        return Optional.of(
            "memtier_benchmark did no operation in its first "
                + seconds(limits.start())
                + connection
                + ", so it was stopped");
      }
    } else if (sinceProgress.compareTo(limits.stall()) > 0) {
      return Optional.of(
          "memtier_benchmark did no operation for "
              + seconds(limits.stall())
              + " after "
              + operations
              + " of them, so it was stopped; is the source stalled?");
    }
    if (!expected.isZero() && age.compareTo(expected.plus(limits.end())) > 0) {
      return Optional.of(
          "memtier_benchmark did not end "
              + seconds(limits.end())
              + " past its "
              + seconds(expected)
              + ", so it was stopped");
    }
    return Optional.empty();
  }

  private static String seconds(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}
