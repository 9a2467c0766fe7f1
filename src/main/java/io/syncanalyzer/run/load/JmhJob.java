package io.syncanalyzer.run.load;

import io.syncanalyzer.insert.InsertLoad;
import io.syncanalyzer.result.LoadReport;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The load by our own writers, in a JMH fork. */
final class JmhJob implements LoadJob {
  private static final Duration READY = Duration.ofSeconds(60);

  private final InsertLoad load;
  private final List<String> warnings;
  private final Clock wall;
  private long startedEpochMillis;

  /**
   * @param warnings what was to be said before it was started
   * @param wall labels
   */
  JmhJob(InsertLoad load, List<String> warnings, Clock wall) {
    this.wall = wall;
    this.load = load;
    this.warnings = warnings;
  }

  @Override
  public void awaitWriting() throws InterruptedException {
    load.awaitReady(READY);
    startedEpochMillis = wall.millis();
    load.go();
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
