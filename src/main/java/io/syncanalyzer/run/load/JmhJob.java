package io.syncanalyzer.run.load;

import io.syncanalyzer.insert.InsertLoad;
import io.syncanalyzer.result.LoadReport;
import io.syncanalyzer.time.WallClock;
import java.time.Duration;
import java.util.List;

/** The load by our own writers, in a JMH fork. */
final class JmhJob implements LoadJob {
  private static final Duration READY = Duration.ofSeconds(60);

  private final InsertLoad load;
  private final List<String> warnings;
  private long startedEpochMillis;

  JmhJob(InsertLoad load, List<String> warnings) {
    this.load = load;
    this.warnings = warnings;
  }

  @Override
  public void awaitWriting() throws InterruptedException {
    load.awaitReady(READY);
    startedEpochMillis = WallClock.SYSTEM.millis();
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
