package io.syncanalyzer.probe.observe;

import io.syncanalyzer.probe.write.SessionClockwork;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.time.BackOff;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Makes a lost connection to a replica anew, with growing pauses, until the session ends; then
 * settles whose fault the loss was. For the observer's thread.
 *
 * <p>Where the very same server process is then found at the other end, and it has not kept anybody
 * waiting for an answer, the loss was the connection's alone: it is counted as probe outage, and
 * what arrived meanwhile is counted, but is in no figure of the lag. Else the replica itself was
 * gone, or stood still, and to its users what arrived meanwhile came late: its upper bound grows by
 * the outage, its lower does not.
 *
 * <p>What has to be given up meanwhile has a lower bound by that silence only where it is the
 * replica's for certain: it kept the probe waiting, another process came back, or nobody ever did.
 * While that is open, and where the replica turns the probe away or refuses its questions, the
 * silence proves nothing.
 */
final class Reconnection {
  private static final long FIRST_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long LAST_RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long MOVING_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final ReplicaLink link;
  private final SessionClockwork clockwork;
  private final Silence silence;
  private final Arrivals arrivals;
  private final ReplicaTally tally;
  private final BooleanSupplier stopping;

  Reconnection(
      ReplicaLink link,
      SessionClockwork clockwork,
      Silence silence,
      Arrivals arrivals,
      ReplicaTally tally,
      BooleanSupplier stopping) {
    this.link = link;
    this.clockwork = clockwork;
    this.silence = silence;
    this.arrivals = arrivals;
    this.tally = tally;
    this.stopping = stopping;
  }

  /** Returns when there is a connection again, or the session ends. */
  void after(RedisFailure failed) {
    long lost = link.failed(failed);
    Loss loss = new Loss(failed, link.process());
    silence.lost(lost, loss.mayBeOurs());
    arrivals.outOfReach();
    link.trouble(failed.getMessage());
    tally.losses.add(1);
    link.lost();
    if (failed.kind() == RedisFailure.Kind.SLOT_MOVED && !link.askAgain()) {
      clockwork.clock().park(MOVING_NANOS); // Its new owner is not known yet.
    }
    BackOff retry = BackOff.growing(clockwork.clock(), FIRST_RETRY_NANOS, LAST_RETRY_NANOS);
    while (!stopping.getAsBoolean() && !link.isOpen()) {
      try {
        link.open();
      } catch (RedisFailure e) {
        link.drop();
        link.trouble(e.getMessage());
        loss.failed(e);
        silence.lost(lost, loss.mayBeOurs());
        arrivals.whileNobodyAnswers();
        if (!link.askAgain()) {
          retry.more();
        }
      }
    }
    link.settled();
    settle(loss, lost);
    if (stopping.getAsBoolean()) {
      link.drop();
    }
  }

  /** It is over, or the session is: what was given up meanwhile is told by whose fault it was. */
  private void settle(Loss loss, long lost) {
    boolean connected = link.isConnected();
    boolean replicasSilence = loss.isReplicasSilence(connected, link.process());
    arrivals.outOfReachIsSettled(replicasSilence);
    if (connected) {
      silence.over();
    } else if (replicasSilence) {
      silence.isTheReplicas();
    }
    long now = clockwork.now();
    if (loss.isOurs(connected, link.process())) {
      tally.outages.add(1);
      tally.outageNanos.add(now - lost);
      arrivals.wasBlindUntil(now);
    } else {
      tally.replicaOutages.add(1);
      tally.replicaOutageNanos.add(now - lost);
    }
  }
}
