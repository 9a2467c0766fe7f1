package io.syncanalyzer.probe;

import io.syncanalyzer.probe.observe.ReplicaTally;
import io.syncanalyzer.probe.timeline.ReplicaTrack;
import io.syncanalyzer.probe.write.SessionClockwork;
import io.syncanalyzer.probe.write.WritingLane;
import io.syncanalyzer.time.BackOff;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Waits, at the end of a session, for what is under way. An interrupt ends the waiting. */
final class SessionEnd {
  private static final long LANES_END_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** So that the sentinels sent last are asked for once more when their timeout has passed. */
  private static final long LAST_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final SessionClockwork clockwork;
  private final List<WritingLane> lanes;
  private final List<ReplicaTrack> tracks;

  SessionEnd(SessionClockwork clockwork, List<WritingLane> lanes, List<ReplicaTrack> tracks) {
    this.clockwork = clockwork;
    this.lanes = lanes;
    this.tracks = tracks;
  }

  /**
   * Waits for the lanes' last writes, and so long from now for the sentinels outstanding.
   *
   * @param observeTimeout how long a sentinel may stay unseen
   */
  void await(Duration observeTimeout) {
    BackOff looks = looks(observeTimeout.toNanos() + LAST_LOOK_NANOS);
    awaitLanes();
    awaitObservers(looks);
  }

  private BackOff looks(long withinNanos) {
    return BackOff.steady(clockwork.clock(), LOOK_AGAIN_NANOS).within(withinNanos);
  }

  private void awaitLanes() {
    BackOff unhurried = looks(LANES_END_NANOS);
    while (lanes.stream().anyMatch(WritingLane::isBusy)
        && !Thread.currentThread().isInterrupted()
        && unhurried.more()) {
      // Its write is under way still.
    }
    lanes.forEach(WritingLane::close);
    // A write whose connection is closed ends at once: only then is it known whether it had left.
    boolean interrupted = Thread.interrupted();
    BackOff closed = looks(LANES_END_NANOS);
    while (lanes.stream().anyMatch(WritingLane::isBusy) && closed.more()) {
      interrupted |= Thread.interrupted();
    }
    lanes.forEach(WritingLane::abandon);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitObservers(BackOff looks) {
    long[] cycles =
        tracks.stream().mapToLong(track -> track.observer().tally().cycles.get()).toArray();
    for (int i = 0; i < cycles.length; i++) {
      ReplicaTally tally = tracks.get(i).observer().tally();
      // Two rounds on, what was sent last has been taken over.
      while ((tally.cycles.get() < cycles[i] + 2 || tally.awaited.get() > 0)
          && tracks.get(i).observer().failure() == null
          && !tracks.get(i).observer().isLostForGood()
          && !Thread.currentThread().isInterrupted()
          && looks.more()) {
        // It has not seen them all yet.
      }
    }
  }
}
