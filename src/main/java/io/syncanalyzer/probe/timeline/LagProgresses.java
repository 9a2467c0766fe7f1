package io.syncanalyzer.probe.timeline;

import io.syncanalyzer.probe.figures.LagProgress;
import io.syncanalyzer.redis.wire.Silences;
import io.syncanalyzer.result.lag.LagSecond;
import io.syncanalyzer.time.Waiting;
import java.util.ArrayList;
import java.util.List;

/** The last second in words for a live line: of a replica, or of all shards together. */
final class LagProgresses {
  private LagProgresses() {}

  /** While nothing is measured yet. */
  static LagProgress warmingUp(
      String phase, String whose, long second, long sent, List<ReplicaTrack> members) {
    long outstanding = members.stream().mapToLong(one -> one.observer().outstanding()).sum();
    return new LagProgress(
        phase, whose, second, sent, outstanding, null, null, null, null, 0, 0, waiting(members));
  }

  /** Of a second that is over. */
  static LagProgress of(String phase, String whose, LagSecond row, List<ReplicaTrack> members) {
    return new LagProgress(
        phase,
        whose,
        row.second(),
        row.sent(),
        row.outstandingOrZero(),
        row.p50UpperNanos(),
        row.p99UpperNanos(),
        row.maxUpperNanos(),
        row.maxLowerNanos(),
        members.stream().mapToLong(one -> one.observer().tally().observed.get()).sum(),
        members.stream().mapToLong(one -> one.observer().tally().censored.get()).sum(),
        waiting(members));
  }

  /** Who is waited for, on whichever connection, and what the observers have lost. */
  private static List<String> waiting(List<ReplicaTrack> members) {
    List<String> lines = new ArrayList<>();
    members.forEach(one -> one.gone(Waiting.EVERY).ifPresent(lines::add));
    lines.addAll(Silences.lines(Waiting.EVERY));
    return lines;
  }
}
