package io.syncanalyzer.run.record;

import io.syncanalyzer.metrics.Metrics;
import io.syncanalyzer.redis.Counted;
import io.syncanalyzer.report.screen.Console;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.time.Waiting;
import io.syncanalyzer.verify.partition.PartitionWork;
import io.syncanalyzer.verify.server.ServerRetries;
import java.time.Clock;
import java.util.function.LongConsumer;

/**
 * What a run works with and does not open itself.
 *
 * @param console progress and results
 * @param path the environment's PATH, to find memtier_benchmark on
 * @param clock measures
 * @param wallClock labels
 * @param work who compares the partitions of a verification
 * @param metrics told of what goes on, for whoever listens
 */
public record RunContext(
    Console console,
    String path,
    NanoClock clock,
    Clock wallClock,
    PartitionWork work,
    Metrics metrics) {
  /** One that does everything in this JVM. */
  public RunContext(Console console, String path, NanoClock clock, Clock wallClock) {
    this(console, path, clock, wallClock, PartitionWork.here(clock));
  }

  /** One to which nobody listens. */
  public RunContext(
      Console console, String path, NanoClock clock, Clock wallClock, PartitionWork work) {
    this(console, path, clock, wallClock, work, Metrics.NONE);
  }

  /** The same, telling another of what goes on. */
  public RunContext telling(Metrics other) {
    return new RunContext(console, path, clock, wallClock, work, other);
  }

  /** Bears with servers that do not serve for the moment, and says so. */
  public ServerRetries patience() {
    return new ServerRetries(console::waiting, clock, Thread.currentThread()::isInterrupted);
  }

  /** Says, every few seconds, how many keys something that goes through them has behind it. */
  public LongConsumer keysLooked(String what) {
    Waiting wait = new Waiting(clock, console::waiting);
    return keys -> wait.on(what + " (" + Counted.words(keys, "key") + " so far)");
  }
}
