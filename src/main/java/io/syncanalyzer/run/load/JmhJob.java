package io.syncanalyzer.run.load;

import io.syncanalyzer.insert.InsertLoad;
import io.syncanalyzer.result.LoadReport;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** The load by our own writers, in a JMH fork: as fast as it goes, or at one rate. */
final class JmhJob implements LoadJob {
  static final Duration READY = Duration.ofSeconds(60);

  /** How long a job that drives the fork may not look at what has become of it. */
  static final Duration TICK = Duration.ofMillis(200);

  private static final int NO_STEP = 0;

  private final InsertLoad load;
  private final OptionalLong rate;
  private final List<String> warnings;
  private final Clock wall;
  private long startedEpochMillis;

  /**
   * @param rate commands a second of a load that is paced; empty = it is not
   * @param warnings what was to be said before it was started
   * @param wall labels
   */
  JmhJob(InsertLoad load, OptionalLong rate, List<String> warnings, Clock wall) {
    this.rate = rate;
    this.wall = wall;
    this.load = load;
    this.warnings = warnings;
  }

  @Override
  public void awaitWriting() throws InterruptedException {
    load.awaitReady(READY);
    startedEpochMillis = wall.millis();
    load.go();
    rate.ifPresent(perSecond -> load.pace(NO_STEP, perSecond));
  }

  @Override
  public long startedEpochMillis() {
    return startedEpochMillis;
  }

  /** Only when it is told to. */
  @Override
  public boolean isOver() {
    return false;
  }

  @Override
  public void stop() {
    load.stop();
  }

  @Override
  public LoadReport await() {
    return load.await().report(warnings);
  }

  @Override
  public void close() {
    load.close();
  }
}
