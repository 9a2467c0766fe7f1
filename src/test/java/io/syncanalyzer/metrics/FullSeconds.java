package io.syncanalyzer.metrics;

import io.syncanalyzer.probe.LagRows;
import io.syncanalyzer.result.lag.AccountSoFar;
import io.syncanalyzer.result.lag.FullSecond;
import io.syncanalyzer.result.lag.LagCount;
import io.syncanalyzer.result.lag.LagSecond;
import java.util.List;

/** Seconds for tests of what is made from them. */
final class FullSeconds {
  private FullSeconds() {}

  /** One whose sentinels had all about these lags, on the replica {@code r:1}. */
  static FullSecond of(LagSecond row, long upperNanos, long lowerNanos, long count) {
    return of("r:1", row, upperNanos, lowerNanos, count);
  }

  /** The same, on another replica. */
  static FullSecond of(
      String replica, LagSecond row, long upperNanos, long lowerNanos, long count) {
    return new FullSecond(
        replica,
        row,
        List.of(new LagCount(upperNanos, count)),
        List.of(new LagCount(lowerNanos, count)),
        new AccountSoFar(10, 1, 2, 3));
  }

  /** One in which all is known. */
  static LagSecond row() {
    return LagRows.second(0, 5L, 77L, 2_000_000L, 0, 0, true, 1, true);
  }
}
