package io.syncanalyzer.probe.timeline;

import io.syncanalyzer.probe.write.Count;
import io.syncanalyzer.probe.write.SessionClockwork;
import io.syncanalyzer.probe.write.Whereabouts;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.result.lag.Signs;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks one server once a second what it tells of itself ({@link ServerQuestions}), on a connection
 * and a thread of its own, so that neither a stalled server nor the question holds up what is
 * measured.
 *
 * <p>What the server hides or refuses is unknown, never zero.
 */
public final class ServerWatch implements Runnable {
  private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** How long before a second's end its INFO is asked for. */
  private static final long AHEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(30);

  /** The CPU's share of less is no share of a second. */
  private static final long LEAST_CPU_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final long STALE_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);

  private final Whereabouts where;
  private final SessionClockwork clockwork;
  private volatile boolean stopping;
  private volatile @Nullable RedisConnection connection;
  private volatile @Nullable Reading latest;
  private @Nullable ServerQuestions questions;
  private SeenBefore seen = new SeenBefore();
  private @Nullable Reading base;
  private @Nullable Signs pending;
  private @Nullable Signs interval;
  private final Count fullSyncs = new Count();
  private final Count cpuMicros = new Count();
  private final Count cpuOverNanos = new Count();
  private long syncsBefore = -1;
  private double cpuBefore = -1;
  private long cpuBeforeNanos;

  private record Reading(ServerInfo info, long nanos) {}

  public ServerWatch(Endpoint endpoint, SessionClockwork clockwork) {
    this(Whereabouts.fixed(endpoint, clockwork), clockwork);
  }

  /** Of a server that is followed where it moves. */
  public ServerWatch(Whereabouts where, SessionClockwork clockwork) {
    this.where = where;
    this.clockwork = clockwork;
  }

  @Override
  public void run() {
    while (!stopping) {
      try {
        read();
      } catch (RedisFailure e) {
        drop();
        if (!isWorthAnotherTry(e)) {
          return; // Not permitted, or not known here: nothing will be, however often asked.
        }
      }
      awaitNext();
    }
    drop();
  }

  /** Whether it answers again by itself, or on another connection. */
  static boolean isWorthAnotherTry(RedisFailure failure) {
    return failure.isConnectionLoss() || failure.isPassing();
  }

  /** Asks once; not a replica that is its own source by now, whose answers are that one's own. */
  void read() {
    if (where.isTaken()) {
      forget();
      return;
    }
    RedisConnection open = connection;
    if (open != null && !open.endpoint().address().equals(where.now().address())) {
      forget(); // What it says of itself has no more to do with who is in its place.
      open = null;
    }
    if (open == null) {
      open = RedisConnection.open(where.now());
      connection = open;
      questions = null;
      if (stopping) {
        return;
      }
    }
    ServerQuestions asked = questions == null ? new ServerQuestions(open, seen) : questions;
    questions = asked;
    ServerQuestions.Answer answer = asked.ask();
    ServerInfo info = answer.info();
    if (where.isTaken()) {
      forget(); // It became the source meanwhile.
      return;
    }
    long now = clockwork.now();
    noteFullSyncs(info.number("sync_full"));
    noteCpu(info.cpuSeconds(), now);
    Reading before = latest;
    Reading reading = new Reading(info, now);
    latest = reading;
    told(
        new SignsRead(before == null ? null : before.info(), info, cpuShare(reading))
            .signs(answer, asked.bufferLimitBytes()));
  }

  /**
   * The CPU's share since a reading that lies long enough back; null where that is too short a time
   * to tell. After a late answer the next reading may be some milliseconds away.
   */
  private @Nullable Double cpuShare(Reading reading) {
    Reading earlier = base;
    if (earlier == null || !earlier.info().runId().equals(reading.info().runId())) {
      base = reading;
      return null;
    }
    long over = reading.nanos() - earlier.nanos();
    if (over < LEAST_CPU_NANOS) {
      return null;
    }
    base = reading;
    return SignsRead.cpuShare(earlier.info(), reading.info(), over);
  }

  private synchronized void told(Signs signs) {
    pending = pending == null ? signs : pending.and(signs);
  }

  /** Takes what was told since the last call into {@link #signs}. */
  synchronized void collect() {
    interval = pending;
    pending = null;
  }

  /** What the server told of itself in the second that was collected last; null = nothing. */
  synchronized @Nullable Signs signs() {
    return interval;
  }

  private void forget() {
    drop();
    latest = null;
    base = null;
    seen = new SeenBefore();
    syncsBefore = -1;
    cpuBefore = -1;
  }

  private void noteFullSyncs(OptionalLong syncs) {
    if (syncs.isEmpty()) {
      return;
    }
    if (syncsBefore >= 0 && syncs.getAsLong() > syncsBefore) {
      fullSyncs.add(syncs.getAsLong() - syncsBefore);
    }
    syncsBefore = syncs.getAsLong();
  }

  private void noteCpu(OptionalDouble seconds, long now) {
    if (seconds.isEmpty()) {
      return;
    }
    // A restarted server counts from zero again: that interval is left out.
    if (cpuBefore >= 0 && seconds.getAsDouble() >= cpuBefore) {
      cpuMicros.add(Math.round((seconds.getAsDouble() - cpuBefore) * 1e6));
      cpuOverNanos.add(now - cpuBeforeNanos);
    }
    cpuBefore = seconds.getAsDouble();
    cpuBeforeNanos = now;
  }

  private void awaitNext() {
    long now = clockwork.now();
    long phase = clockwork.isStarted() ? now - clockwork.measuredFromNanos() : 0;
    long into = Math.floorMod(phase + AHEAD_NANOS, EVERY_NANOS);
    clockwork.clock().park(EVERY_NANOS - into);
  }

  public void stop() {
    stopping = true;
    drop();
  }

  private void drop() {
    RedisConnection open = connection;
    connection = null;
    if (open != null) {
      open.close();
    }
  }

  private Optional<ServerInfo> recent() {
    Reading reading = latest;
    return reading == null || clockwork.now() - reading.nanos() > STALE_NANOS
        ? Optional.empty()
        : Optional.of(reading.info());
  }

  /** The replication offset as of the last second or so; null where not shown. */
  @Nullable Long offset() {
    OptionalLong shown = recent().map(ServerInfo::replicationOffset).orElse(OptionalLong.empty());
    return shown.isPresent() ? Long.valueOf(shown.getAsLong()) : null;
  }

  /** Whether a replica says its link is up; null where it says nothing. */
  @Nullable Boolean linkUp() {
    return recent().flatMap(ServerInfo::linkStatus).map("up"::equals).orElse(null);
  }

  /** Full resynchronisations of its replicas that were begun since the watch did. */
  long fullSyncs() {
    return fullSyncs.get();
  }

  /** CPU used, 1 = one core; null where not shown. */
  @Nullable
  public Double cpuShare() {
    long over = cpuOverNanos.get();
    return over == 0 ? null : Double.valueOf(cpuMicros.get() * 1e3 / over);
  }
}
