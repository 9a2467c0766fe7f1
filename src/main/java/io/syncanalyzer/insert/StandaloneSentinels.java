package io.syncanalyzer.insert;

import io.syncanalyzer.insert.fork.InsertFailure;
import io.syncanalyzer.insert.fork.StandaloneEndpoints;
import io.syncanalyzer.probe.LagSettings;
import io.syncanalyzer.probe.LagSummary;
import io.syncanalyzer.probe.figures.LagPhase;
import io.syncanalyzer.redis.Refusals;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.result.lag.LagAccounting;
import io.syncanalyzer.sentinel.SentinelType;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.infra.BenchmarkParams;

/** The inserts as a benchmark by itself, which nobody but JMH's command line tells what to do. */
final class StandaloneSentinels {
  private StandaloneSentinels() {}

  /** The types and lanes are those that JMH has threads for; it ends when JMH does. */
  static LagSettings settings(BenchmarkParams params, String source, String replica, double rate) {
    int[] groups = params.getThreadGroups();
    List<SentinelType> types =
        SentinelWrites.GROUP_ORDER.stream()
            .filter(type -> groups[SentinelWrites.GROUP_ORDER.indexOf(type)] > 0)
            .toList();
    int copies = params.getThreads() / Arrays.stream(groups).sum();
    LagSettings asked =
        LagSettings.of(
            StandaloneEndpoints.of(Side.SOURCE, source),
            List.of(StandaloneEndpoints.of(Side.REPLICA, replica)),
            "jmh-" + ProcessHandle.current().pid());
    return Refusals.named(
            "-p rate: ", () -> asked.withSchedule(rate, Duration.ZERO, Optional.empty()))
        .withTypes(types, copies * Arrays.stream(groups).max().orElse(1));
  }

  /**
   * Holds a session that is over to what it sent.
   *
   * @throws InsertFailure if sentinels were sent and not written: JMH has timed those as well
   */
  static void requireWritten(LagSummary session) {
    for (LagPhase phase : session.phases()) {
      LagAccounting counts = phase.accounting();
      long unwritten = counts.refused() + counts.writeUnknown();
      if (unwritten > 0) {
        throw new InsertFailure(
            unwritten + " of " + counts.scheduled() + " sentinels were not written", null);
      }
    }
  }
}
