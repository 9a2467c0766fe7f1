package io.syncanalyzer.probe.write;

import io.syncanalyzer.probe.figures.LagRecorder;
import io.syncanalyzer.probe.figures.ProbeFailure;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.sentinel.SentinelCodec;
import io.syncanalyzer.sentinel.SentinelCommand;
import io.syncanalyzer.sentinel.SentinelLedger;
import io.syncanalyzer.sentinel.SentinelRange;
import io.syncanalyzer.sentinel.SentinelType;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/** A lane on its own connection. What it counts, it counts of measured sentinels. */
public final class WritingLane implements SentinelLane {
  /** A connection that waits for its next sentinel is asked for a sign of life so often. */
  private static final long AWAKE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private static final long FULL_LEDGER_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Whereabouts source;
  private final SessionClockwork clockwork;
  private final int typeIndex;
  private final SentinelCodec codec;
  private final SentinelCommand command;
  private final SentinelLedger ledger;
  private final Recorder slips;
  private final Recorder acks;
  private final Runnable beforeSend;
  private final byte[] contentBuffer;

  private final LaneConnection connection;
  private volatile boolean busy;
  private final AtomicLong turn = new AtomicLong(-1);
  private byte[][] arguments = new byte[0][];
  private boolean due;
  private long intendedNanos;
  private long sendNanos;
  private long ackNanos;

  public final Count warmupSent = new Count();
  public final Count measuredSent = new Count();
  public final Count failed = new Count();
  public final Count unknown = new Count();

  /** When the last one left; 0 = none yet. */
  public final Count lastSend = new Count();

  /** Sequences below are no longer on the source. */
  final Count cleaned = new Count();

  private volatile @Nullable String lastFailure;
  private volatile boolean lost;
  private boolean sentElsewhere;

  /** A lane to a server that stays where it is. */
  public WritingLane(
      Endpoint source,
      SessionClockwork clockwork,
      int typeIndex,
      SentinelCodec codec,
      SentinelLedger ledger,
      Recorder slips,
      Recorder acks,
      Runnable beforeSend) {
    this(
        Whereabouts.fixed(source, clockwork),
        clockwork,
        typeIndex,
        codec,
        ledger,
        slips,
        acks,
        beforeSend);
  }

  /**
   * A lane.
   *
   * @param source where it writes; followed where it moves
   * @param typeIndex whose turns of the schedule it takes
   * @param beforeSend told that a sentinel is about to leave
   */
  public WritingLane(
      Whereabouts source,
      SessionClockwork clockwork,
      int typeIndex,
      SentinelCodec codec,
      SentinelLedger ledger,
      Recorder slips,
      Recorder acks,
      Runnable beforeSend) {
    this.source = source;
    this.clockwork = clockwork;
    this.connection = new LaneConnection(source, clockwork.clock(), this::isOver);
    this.typeIndex = typeIndex;
    this.codec = codec;
    this.command = SentinelCommand.of(codec.type());
    this.ledger = ledger;
    this.slips = slips;
    this.acks = acks;
    this.beforeSend = beforeSend;
    this.contentBuffer = new byte[codec.maxContentLength()];
  }

  /** Makes the connection ahead of the first write. */
  public void connect() {
    connection.open();
  }

  public SentinelCodec codec() {
    return codec;
  }

  public SentinelLedger ledger() {
    return ledger;
  }

  /** Whose turns of the schedule it takes. */
  public int typeIndex() {
    return typeIndex;
  }

  /** What it has left on the source. */
  public SentinelRange written() {
    return new SentinelRange(codec.keyPrefix(), cleaned.get(), ledger.sent());
  }

  @Override
  public SentinelType type() {
    return codec.type();
  }

  @Override
  public boolean awaitDue() {
    if (!clockwork.isStarted()) {
      throw new IllegalStateException("the session has not been started");
    }
    if (due) {
      return !isOver();
    }
    if (sentElsewhere) {
      connection.follow();
      sentElsewhere = false;
    }
    if (!takeTurn()) {
      return false;
    }
    intendedNanos = clockwork.dueNanos(typeIndex, turn.get());
    prepare();
    long wait = intendedNanos - clockwork.now();
    while (wait > 0 && !isOver() && !clockwork.isCutBefore(intendedNanos)) {
      clockwork.clock().park(Math.min(wait, AWAKE_NANOS));
      if (intendedNanos - clockwork.now() >= AWAKE_NANOS / 4) {
        connection.keepAwake(); // It is due, but not just now.
      }
      wait = intendedNanos - clockwork.now();
    }
    // Looked at once it is due: what is sent was due before the end, as the accounting has it.
    if (isOver() || clockwork.isCutBefore(intendedNanos)) {
      return false;
    }
    if (!connection.isThere()) {
      return false;
    }
    due = true;
    return true;
  }

  private boolean takeTurn() {
    while (turn.get() < 0) {
      if (isOver()) {
        return false;
      }
      if (ledger.isFull()) {
        clockwork.clock().park(FULL_LEDGER_PAUSE_NANOS); // Another lane of the type takes the turn.
      } else {
        long next = clockwork.takeTurn(typeIndex);
        if (next < 0) {
          return false;
        }
        turn.set(next);
      }
    }
    return true;
  }

  private boolean isOver() {
    return connection.isClosed()
        || clockwork.isOver(clockwork.now())
        || Thread.currentThread().isInterrupted();
  }

  /** Builds the command ahead of time, so that only its sending is timed. */
  private void prepare() {
    long sequence = ledger.next();
    int length =
        codec.encodeContent(
            sequence,
            Math.max(0, clockwork.epochMillis(intendedNanos)),
            intendedNanos - clockwork.originNanos(),
            contentBuffer);
    arguments =
        command.arguments(codec.key(sequence), Arrays.copyOf(contentBuffer, length), sequence);
  }

  @Override
  public void write() {
    if (!due) {
      throw new IllegalStateException("no sentinel is due; awaitDue comes first");
    }
    busy = true;
    try {
      if (connection.isClosed()) {
        // Who closes waits for whoever was busy before; what would leave now, nobody would count.
        due = false;
        throw new ProbeFailure("the session has ended", null);
      }
      RedisConnection open = connection.current();
      beforeSend.run();
      sendNanos = clockwork.now();
      boolean measured = intendedNanos - clockwork.measuredFromNanos() >= 0;
      (measured ? measuredSent : warmupSent).add(1);
      long sequence = ledger.send(intendedNanos, sendNanos);
      due = false;
      turn.set(-1);
      int state;
      String why = "";
      if (open == null) {
        state = SentinelLedger.State.FAILED;
        why = "no connection to the " + source.now() + " could be made";
      } else {
        try {
          Reply reply = open.call(command.command(), arguments);
          if (reply instanceof Reply.Failed refusal) {
            state = SentinelLedger.State.FAILED;
            sentElsewhere = isSentElsewhere(refusal);
            why =
                String.valueOf(
                    open.refused(command.command().name().asUtf8(), refusal).getMessage());
          } else {
            state = SentinelLedger.State.ACKED;
          }
        } catch (RedisFailure e) {
          state = SentinelLedger.State.UNKNOWN;
          why = String.valueOf(e.getMessage());
          connection.drop();
        }
      }
      ackNanos = clockwork.now();
      boolean settled = ledger.settle(sequence, state, ackNanos);
      if (measured && settled) {
        slips.recordValue(LagRecorder.clamped(sendNanos - intendedNanos));
        acks.recordValue(LagRecorder.clamped(ackNanos - sendNanos));
        if (state == SentinelLedger.State.FAILED) {
          failed.add(1);
        } else if (state == SentinelLedger.State.UNKNOWN) {
          unknown.add(1);
        }
      }
      lastSend.set(sendNanos);
      lost = connection.current() == null;
      if (state != SentinelLedger.State.ACKED) {
        lastFailure = why;
        throw new ProbeFailure(why, null);
      }
    } finally {
      busy = false;
    }
  }

  /** Whether another takes such writes by now, or will in a moment. */
  private static boolean isSentElsewhere(Reply.Failed refusal) {
    return switch (refusal.code()) {
      case "MOVED", "ASK", "READONLY", "CLUSTERDOWN" -> true;
      default -> false;
    };
  }

  @Override
  public long lastIntendedNanos() {
    return intendedNanos;
  }

  @Override
  public long lastSendNanos() {
    return sendNanos;
  }

  @Override
  public long lastAckNanos() {
    return ackNanos;
  }

  /** Why the last write that failed did, or null. */
  @Nullable
  public String lastFailure() {
    return lastFailure;
  }

  /** Whether its last write found, or left, no connection. */
  public boolean isLost() {
    return lost;
  }

  /** Whether a write is under way. */
  public boolean isBusy() {
    return busy;
  }

  /** Ends a write under way and all further ones; for any thread. */
  public void close() {
    connection.close();
  }

  /** Gives up a write that does not end: nobody will know what came of it. */
  public void abandon() {
    long last = ledger.sent() - 1;
    if (last >= 0 && ledger.settle(last, SentinelLedger.State.UNKNOWN, clockwork.now())) {
      if (ledger.intendedNanos(last) - clockwork.measuredFromNanos() >= 0) {
        unknown.add(1);
      }
    }
  }
}
