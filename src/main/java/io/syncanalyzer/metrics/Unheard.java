package io.syncanalyzer.metrics;

import io.syncanalyzer.result.lag.FullSecond;
import io.syncanalyzer.result.lag.LagAccounting;
import io.syncanalyzer.result.verify.VerifyReport;

/** Told in vain. */
final class Unheard implements Metrics {
  @Override
  public boolean isServed() {
    return false;
  }

  @Override
  public void begins() {}

  @Override
  public void phase(String name) {}

  @Override
  public void second(FullSecond second, boolean byShard) {}

  @Override
  public void accounted(String replica, LagAccounting row) {}

  @Override
  public void compares() {}

  @Override
  public void compared(KeysSoFar soFar) {}

  @Override
  public void verified(VerifyReport report) {}

  @Override
  public void ended(int status, boolean complete) {}
}
