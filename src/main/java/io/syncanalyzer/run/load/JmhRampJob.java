package io.syncanalyzer.run.load;

import io.syncanalyzer.insert.InsertLoad;
import io.syncanalyzer.insert.load.JmhLoadSummary;
import io.syncanalyzer.load.memtier.Ramp;
import io.syncanalyzer.result.LoadReport;
import io.syncanalyzer.time.NanoClock;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The load by our own writers in the steps of a ramp: one JMH fork, which a thread of its own tells
 * each pace in its turn. The next step begins where the last one ends, without a pause.
 */
final class JmhRampJob implements LoadJob {
  private final InsertLoad load;
  private final Ramp ramp;
  private final List<String> warnings;
  private final IntConsumer steps;
  private final NanoClock clock;
  private final Clock wall;
  private final Supervised<JmhLoadSummary> climb = new Supervised<>("jmh-ramp", this::climb);
  private long startedEpochMillis;
  private boolean started;

  /**
   * @param load paced, not begun
   * @param warnings what was to be said before it was started
   * @param steps told each step as it begins, and 0 as it ends
   * @param wall labels
   */
  JmhRampJob(
      InsertLoad load,
      Ramp ramp,
      List<String> warnings,
      IntConsumer steps,
      NanoClock clock,
      Clock wall) {
    this.load = load;
    this.ramp = ramp;
    this.warnings = warnings;
    this.steps = steps;
    this.clock = clock;
    this.wall = wall;
  }

  private JmhLoadSummary climb() {
    int step = 0;
    try {
      for (long rate : ramp.rates()) {
        // From its own beginning: where this JVM was held up, no step is the shorter for it.
        long due = clock.nanoTime() + ramp.every().toNanos();
        load.pace(++step, rate);
        steps.accept(step);
        long left = due - clock.nanoTime();
        while (left > 0 && load.failure().isEmpty()) {
          load.listen(Duration.ofNanos(Math.min(left, JmhJob.TICK.toNanos())));
          left = due - clock.nanoTime();
        }
        steps.accept(0);
        if (load.failure().isPresent()) {
          return load.await();
        }
      }
      load.pace(step, 0);
      load.stop();
    } catch (InterruptedException e) {
      steps.accept(0);
      Thread.currentThread().interrupt();
    }
    return load.await();
  }

  @Override
  public void awaitWriting() throws InterruptedException {
    load.awaitReady(JmhJob.READY);
    startedEpochMillis = wall.millis();
    load.go();
    started = true;
    climb.start();
  }

  @Override
  public long startedEpochMillis() {
    return startedEpochMillis;
  }

  @Override
  public boolean isOver() {
    return climb.isOver();
  }

  @Override
  public void stop() {
    climb.stop();
  }

  @Override
  public LoadReport await() {
    return climb.await().report(warnings);
  }

  @Override
  public void close() {
    if (started) {
      climb.close();
    }
    load.close();
  }
}
