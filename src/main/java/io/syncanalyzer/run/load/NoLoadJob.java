package io.syncanalyzer.run.load;

import io.syncanalyzer.result.LoadReport;

/** No load: others write to the source, or nobody does. */
record NoLoadJob() implements LoadJob {
  @Override
  public void awaitWriting() {}

  @Override
  public long startedEpochMillis() {
    return 0;
  }

  /** Only when it is told to. */
  @Override
  public boolean isOver() {
    return false;
  }

  @Override
  public void stop() {}

  @Override
  public LoadReport await() {
    return LoadReport.none();
  }

  @Override
  public void close() {}
}
