package io.syncanalyzer.probe.observe;

import io.syncanalyzer.probe.write.Count;
import io.syncanalyzer.probe.write.SessionClockwork;
import io.syncanalyzer.probe.write.Whereabouts;
import io.syncanalyzer.probe.write.WritingLane;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.sentinel.KeyPrefix;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Listens to what the replica itself tells of arriving keys, on a connection and a thread of its
 * own: a tighter upper bound, where the poll's next question would come later. It says nothing of
 * when a key was not there yet, so the lower bound stays the poll's.
 *
 * <p>Two ways. <a href="https://redis.io/docs/latest/develop/reference/client-side-caching/">Client
 * tracking</a> in broadcasting mode (RESP3, Redis 6 and later): the replica names every key with
 * the run's prefix that it has changed. <a
 * href="https://redis.io/docs/latest/develop/pubsub/keyspace-notifications/">Keyspace
 * notifications</a>: only where the replica's own {@code notify-keyspace-events} asks for them.
 *
 * <p>A lost connection is made anew; the poll sees what is missed meanwhile. Nothing may come for a
 * long time because there is nothing to tell, so a silent connection is asked with a PING, which
 * also keeps it from being closed as idle.
 */
public final class PushObserver implements Pushes, Runnable {
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final int SILENCE_MILLIS = 400;
  private static final int PONG_MILLIS = 2000;

  private static final RedisConnection.Command PING = RedisConnection.Command.of("PING");

  /** How the replica tells. */
  enum Way {
    TRACKING,
    NOTIFY
  }

  private final Way way;
  private final Whereabouts replica;
  private final String runId;
  private final String description;
  private final SessionClockwork clockwork;
  private final List<WritingLane> lanes;
  private final long heldNanos;
  private final AtomicLongArray[] sequences;
  private final AtomicLongArray[] times;
  private final Count told = new Count();
  private volatile boolean stopping;
  private volatile @Nullable RedisConnection connection;

  PushObserver(
      Way way,
      Whereabouts replica,
      String runId,
      String description,
      SessionClockwork clockwork,
      List<WritingLane> lanes,
      long heldNanos) {
    this.way = way;
    this.replica = replica;
    this.runId = runId;
    this.description = description;
    this.clockwork = clockwork;
    this.lanes = lanes;
    this.heldNanos = heldNanos;
    this.sequences = new AtomicLongArray[lanes.size()];
    this.times = new AtomicLongArray[lanes.size()];
    for (int lane = 0; lane < sequences.length; lane++) {
      int slots = lanes.get(lane).ledger().capacity();
      sequences[lane] = new AtomicLongArray(slots);
      times[lane] = new AtomicLongArray(slots);
    }
  }

  /**
   * Connects and asks to be told.
   *
   * @return null, or what the replica said against it
   */
  @Nullable String listen() {
    RedisConnection open;
    try {
      open = RedisConnection.openForPushes(replica.require(), way == Way.TRACKING);
    } catch (RedisFailure e) {
      if (e.isConnectionLoss()) {
        throw e;
      }
      return String.valueOf(e.getMessage()); // A server without RESP3 says so to the greeting.
    }
    Reply reply;
    try {
      reply = subscribe(open);
    } catch (RedisFailure e) {
      open.close();
      throw e;
    }
    if (reply instanceof Reply.Failed failed) {
      open.close();
      return failed.message();
    }
    open.replyTimeoutMillis(SILENCE_MILLIS);
    connection = open;
    if (stopping) {
      open.close();
    }
    return null;
  }

  private Reply subscribe(RedisConnection open) {
    String prefix = KeyPrefix.ofRun(runId);
    return way == Way.TRACKING
        ? open.call("CLIENT", "TRACKING", "ON", "BCAST", "PREFIX", prefix)
        : open.call(
            "PSUBSCRIBE",
            "__keyspace@"
                + replica.first().database()
                + "__:"
                + KeyPrefix.globLiteral(prefix)
                + "*");
  }

  @Override
  public void run() {
    while (!stopping) {
      try {
        RedisConnection open = connection;
        if (open == null) {
          if (listen() != null) {
            // Refused, for now at least: not asked again at once.
            clockwork.clock().park(RETRY_NANOS);
          }
        } else if (open.endpoint().address().equals(replica.now().address())) {
          take(next(open), clockwork.now());
        } else {
          connection = null;
          open.close();
        }
      } catch (RedisFailure e) {
        RedisConnection lost = connection;
        connection = null;
        if (lost != null) {
          lost.close();
        }
        clockwork.clock().park(RETRY_NANOS);
      }
    }
  }

  /** What comes next; the answer to a PING is passed over by {@link #take}. */
  private static Reply next(RedisConnection open) {
    try {
      return open.receive();
    } catch (RedisFailure silent) {
      if (silent.kind() != RedisFailure.Kind.TIMEOUT) {
        throw silent;
      }
      open.send(PING);
      open.flush();
      open.replyTimeoutMillis(PONG_MILLIS);
      Reply reply = open.receive();
      open.replyTimeoutMillis(SILENCE_MILLIS);
      return reply;
    }
  }

  /** Notes what a push tells of. */
  void take(Reply message, long now) {
    if (!(message instanceof Reply.Items items) || items.list().size() < 2) {
      return;
    }
    if (way == Way.TRACKING) {
      // invalidate, and the keys; nil instead of them tells that all were flushed.
      if (items.list().get(1) instanceof Reply.Items keys) {
        for (Reply key : keys.list()) {
          if (key instanceof Reply.Text text) {
            note(text.bytes().array(), now);
          }
        }
      }
    } else if (items.list().size() == 4 && items.list().get(2) instanceof Reply.Text channel) {
      byte[] name = channel.bytes().array();
      String text = new String(name, StandardCharsets.ISO_8859_1);
      int from = text.indexOf("__:") + 3;
      note(java.util.Arrays.copyOfRange(name, from, name.length), now);
    }
  }

  private void note(byte[] key, long now) {
    told.add(1); // Whatever it tells: the replica has told it.
    for (int lane = 0; lane < sequences.length; lane++) {
      long sequence = lanes.get(lane).codec().sequenceOf(key);
      if (sequence >= 0) {
        int slot = lanes.get(lane).ledger().slot(sequence);
        // Later tidings of a key (its removal) and those of a slot's former owner are passed over.
        if (sequences[lane].getPlain(slot) < sequence + 1) {
          times[lane].setPlain(slot, now);
          sequences[lane].setRelease(slot, sequence + 1);
        }
        return;
      }
    }
  }

  @Override
  public long seenNanos(int lane, long sequence) {
    int slot = lanes.get(lane).ledger().slot(sequence);
    if (sequences[lane].getAcquire(slot) != sequence + 1) {
      return NOT_SEEN;
    }
    long told = times[lane].getPlain(slot) + heldNanos;
    return heldNanos == 0 || clockwork.now() - told >= 0 ? told : NOT_SEEN;
  }

  @Override
  public boolean isTracking() {
    return way == Way.TRACKING;
  }

  @Override
  public long told() {
    return told.get();
  }

  @Override
  public void leaveIfTaken() {
    RedisConnection open = connection;
    if (open != null && replica.isTaken()) {
      open.close();
    }
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public void stop() {
    stopping = true;
    RedisConnection open = connection;
    if (open != null) {
      open.close();
    }
  }
}
