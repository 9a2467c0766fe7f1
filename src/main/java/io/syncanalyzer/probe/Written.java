package io.syncanalyzer.probe;

import io.syncanalyzer.probe.timeline.SourceTrack;
import io.syncanalyzer.probe.write.SessionClockwork;
import io.syncanalyzer.probe.write.WritingLane;
import io.syncanalyzer.sentinel.SentinelSchedule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pair's lanes did, the same for every replica.
 *
 * @param sentInAll those of the warm-up among them: sentinels that are late take their time from
 *     those after them, so that the measured ones alone would tell a rate that nobody sent at
 */
record Written(
    long scheduled,
    long sentInAll,
    long failed,
    long unknown,
    long unsent,
    long warmup,
    long lastSend,
    @Nullable String lastFailure) {
  /**
   * That of one pair.
   *
   * @param turns whose turns of the schedule are the pair's
   * @param ended when the schedule ended
   */
  static Written of(
      SourceTrack source, List<Integer> turns, SessionClockwork clockwork, long ended) {
    SentinelSchedule schedule = clockwork.schedule();
    long until = ended - clockwork.originNanos();
    long due = 0;
    long warmup = 0;
    for (int turn : turns) {
      due += schedule.turnsBefore(turn, until);
      warmup += schedule.turnsBefore(turn, Math.min(until, schedule.warmupNanos()));
    }
    long sent = 0;
    long sentInAll = 0;
    long failed = 0;
    long unknown = 0;
    long lastSend = clockwork.measuredFromNanos();
    String lastFailure = null;
    for (WritingLane lane : source.lanes()) {
      sent += lane.measuredSent.get();
      long ofLane = lane.measuredSent.get() + lane.warmupSent.get();
      sentInAll += ofLane;
      failed += lane.failed.get();
      unknown += lane.unknown.get();
      if (ofLane > 0 && lane.lastSend.get() - lastSend > 0) {
        lastSend = lane.lastSend.get();
      }
      lastFailure = lane.lastFailure() == null ? lastFailure : lane.lastFailure();
    }
    long scheduled = due - warmup;
    long unsent = scheduled - sent;
    return new Written(
        scheduled, sentInAll, failed + unsent, unknown, unsent, warmup, lastSend, lastFailure);
  }

  /** How many a second left, from the schedule's begin on. */
  double perSecond(long originNanos, long ended) {
    return sentInAll / (Math.max(1, Math.max(ended, lastSend) - originNanos) / 1e9);
  }
}
