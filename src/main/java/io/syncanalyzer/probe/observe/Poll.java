package io.syncanalyzer.probe.observe;

import io.syncanalyzer.probe.cost.PollSpacing;
import io.syncanalyzer.probe.figures.LagRecorder;
import io.syncanalyzer.probe.write.SessionClockwork;
import io.syncanalyzer.probe.write.WritingLane;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.redis.wire.RedisConnection.Command;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * Asks a replica for outstanding sentinels, in one pipeline, and settles those that it shows.
 *
 * <p>Which, {@link PollWindow} says. The request's time is taken before the first command of each
 * chunk goes into the buffer, the reply's after each reply: a server executes a pipeline in order,
 * so both bounds hold for every sentinel by itself.
 *
 * <p>Where it stands for a server that is further away than the one it asks, as for the floor, each
 * request and its replies are held for half of the rest of the way: the server is asked, and its
 * answer known, when the other's would be.
 *
 * <p>For the observer's thread, save {@link #roundTrips} and {@link #spacings}.
 */
final class Poll {
  private static final int CHUNK = 64;

  private static final Command EXISTS = Command.of("EXISTS");

  private final SessionClockwork clockwork;
  private final List<WritingLane> lanes;
  private final Arrivals arrivals;
  private final Silence silence;
  private final ReplicaTally tally;
  private final ReplicaLink link;
  private final long heldNanos;
  private final BooleanSupplier stopping;
  private final SingleWriterRecorder roundTrips =
      new SingleWriterRecorder(1, LagRecorder.HIGHEST_NANOS, 2);

  /** What of the width each poll's distance from the last one makes; see {@link #spacings}. */
  private final SingleWriterRecorder spacings =
      new SingleWriterRecorder(1, LagRecorder.HIGHEST_NANOS, 2);

  private final PollSpacing spacing;
  private final PollWindow window;
  private long lastBegin;
  private final long[] askedAt = new long[PollWindow.MOST];
  private final int[] asked = new int[PollWindow.MOST];

  /** Whether the last answer was a refusal. */
  private boolean refused;

  Poll(
      SessionClockwork clockwork,
      List<WritingLane> lanes,
      Arrivals arrivals,
      Silence silence,
      ReplicaTally tally,
      ReplicaLink link,
      long heldNanos,
      PollSpacing spacing,
      BooleanSupplier stopping) {
    this.clockwork = clockwork;
    this.lanes = List.copyOf(lanes);
    this.arrivals = arrivals;
    this.silence = silence;
    this.tally = tally;
    this.link = link;
    this.heldNanos = heldNanos;
    this.spacing = spacing;
    this.window = new PollWindow(spacing.nanosPerKey());
    this.lastBegin = clockwork.now();
    this.stopping = stopping;
  }

  /** How long the polls took, each from its first request to its last reply. */
  SingleWriterRecorder roundTrips() {
    return roundTrips;
  }

  /**
   * How long after the last poll each began, or after the oldest it asked for was sent where that
   * was later: so much wider are the bounds of a sentinel that each of them asks for.
   */
  SingleWriterRecorder spacings() {
    return spacings;
  }

  /**
   * Asks once.
   *
   * @param size how many are outstanding; at least one
   * @throws io.syncanalyzer.redis.RedisFailure if the connection is lost
   */
  void of(int size) {
    RedisConnection open = link.require();
    window.begin(size, clockwork.now());
    try {
      ask(open);
    } finally {
      arrivals.compact(window.reach());
    }
    window.end();
  }

  private void ask(RedisConnection open) {
    int count = window.count();
    long chunkAt = 0;
    long begin = clockwork.now();
    long apart = begin - Math.max(lastBegin, arrivals.oldestSendNanos());
    hold();
    int sent = 0;
    for (int i = 0; i < count; i++) {
      if (sent % CHUNK == 0) {
        if (i > 0) {
          open.flush();
        }
        chunkAt = sent == 0 ? begin : clockwork.now() - heldNanos;
      }
      int place = window.place(i);
      asked[i] = place;
      askedAt[i] = chunkAt;
      if (arrivals.settlePushed(place)) {
        asked[i] = -1;
        window.settled(i);
      } else {
        long entry = arrivals.at(place);
        open.send(
            EXISTS, lanes.get(Outstanding.lane(entry)).codec().key(Outstanding.sequence(entry)));
        sent++;
      }
    }
    window.asked();
    if (sent > 0) {
      silence.asked(begin);
      open.flush();
      spacing.asked(begin, sent);
      spacings.recordValue(LagRecorder.clamped(apart));
      lastBegin = begin;
      tally.polls.add(1);
      tally.pollCommands.add(sent);
      long pos = begin;
      for (int i = 0; i < count; i++) {
        if (asked[i] >= 0) {
          Reply reply = open.receive();
          if (pos == begin) {
            hold(); // The first; the others follow it closely.
          }
          pos = clockwork.now();
          silence.heard(pos);
          if (settledBy(reply, asked[i], askedAt[i], pos)) {
            window.settled(i);
          }
        }
      }
      silence.answered(pos - begin);
      roundTrips.recordValue(LagRecorder.clamped(pos - begin));
    }
  }

  private boolean settledBy(Reply reply, int place, long requestNanos, long pos) {
    if (reply instanceof Reply.Failed failed) {
      link.trouble(failed.message());
      if (failed.code().equals("MOVED")) {
        throw link.require().refused("EXISTS", failed);
      }
      if (isForUsAlone(failed)) {
        refused = true;
        tally.refusals.add(1);
        return arrivals.refused(place);
      }
      // It shows nobody the key, so it counts as not seen.
    }
    if (refused) {
      refused = false;
      arrivals.wasBlindUntil(requestNanos);
    }
    boolean there = reply instanceof Reply.Int found && found.value() > 0;
    return arrivals.judge(place, requestNanos, pos, there);
  }

  /** Whether others may be shown what we are not. */
  private static boolean isForUsAlone(Reply.Failed failed) {
    return failed.code().equals("NOPERM") || failed.code().equals("NOAUTH");
  }

  private void hold() {
    long until = clockwork.now() + heldNanos;
    for (long left = heldNanos;
        left > 0 && !stopping.getAsBoolean();
        left = until - clockwork.now()) {
      clockwork.clock().park(left);
    }
  }
}
