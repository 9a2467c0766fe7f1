package io.syncanalyzer.probe;

import io.syncanalyzer.probe.figures.Distance;
import io.syncanalyzer.probe.figures.LagFigures;
import io.syncanalyzer.probe.figures.LagPhase;
import io.syncanalyzer.probe.figures.ProbeCost;
import io.syncanalyzer.result.lag.LagAccounting;
import io.syncanalyzer.result.lag.LagPercentile;
import io.syncanalyzer.result.lag.LagSecond;
import io.syncanalyzer.result.lag.LagValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows and phases for tests of what is made from them. */
public final class LagRows {
  private LagRows() {}

  public static LagSecond second(long second, @Nullable Long maxUpperNanos) {
    return second(second, maxUpperNanos, 0L, 0L, 0L, 0L, true, 0, true);
  }

  public static LagSecond second(
      long second,
      @Nullable Long maxUpperNanos,
      @Nullable Long gap,
      long pause,
      long ack,
      long poll,
      boolean linkUp,
      long resyncs,
      boolean observing) {
    return new LagSecond(
        second,
        "load",
        10,
        maxUpperNanos == null ? 0 : 5,
        second,
        maxUpperNanos,
        maxUpperNanos,
        maxUpperNanos,
        gap,
        null,
        null,
        1,
        1000 * second,
        ack,
        ack,
        ack,
        linkUp,
        resyncs,
        pause,
        poll,
        observing,
        maxUpperNanos,
        null,
        null);
  }

  public static LagPhase phase(
      String name, LagValue p99, LagValue max, long observed, long censored) {
    LagValue few = new LagValue.TooFew();
    return new LagPhase(
        name,
        "127.0.0.1:1",
        "poll",
        1_700_000_000_000L,
        1_000_000_000L,
        List.of(
            new LagPercentile(name, "99", p99, few, p99, observed + censored, null, null),
            new LagPercentile(name, "max", max, max, max, observed + censored, "h:1", null),
            new LagPercentile(name, "99", p99, few, p99, observed + censored, null, 1)),
        new LagAccounting(
            name, observed + censored, 0, 0, observed, censored, 3, 0, 0L, null, null, 0L),
        new LagFigures(
            10,
            10,
            1,
            2,
            3L,
            null,
            4L,
            few,
            max,
            0,
            null,
            null,
            5,
            6,
            0,
            null,
            0,
            0,
            0,
            0,
            7,
            8,
            9.5,
            null,
            0.25,
            null,
            new Distance(11, 12),
            new ProbeCost(2.0, 10, 20L, null, 30, true, 0.01, null, null, 0.5)),
        List.of(second(0, 5L), second(1, null)),
        List.of("a warning"));
  }
}
