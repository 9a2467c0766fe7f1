package io.syncanalyzer.verify.scan;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.wire.RawConnection;
import io.syncanalyzer.redis.wire.RawInput;
import io.syncanalyzer.redis.wire.RawOutput;
import org.jspecify.annotations.Nullable;

/**
 * SCAN of one side, the next call always sent before the keys of the last are taken in, so that the
 * server never waits for us. Keys that are out of scope or of other slots, and the fence's own, are
 * left out. A reply of long keys fills several batches.
 *
 * <p>Where the scan is held up for so long that its connection may be gone, the call that was sent
 * ahead may be too: then it is made again, on another connection if need be. SCAN keeps nothing
 * between its calls, and a key that so comes twice is counted once, as all that SCAN repeats.
 *
 * <p>Not safe for use by several threads.
 */
public final class KeyScan implements Names {
  private static final String BEGIN = "0";

  private final RawConnection connection;
  private final NameFilter names;
  private final @Nullable Bytes match;
  private final @Nullable String type;
  private final int count;
  private final boolean ofSomeSlots;
  private final NameIntake intake = new NameIntake();
  private String cursor;
  private String following = BEGIN;
  private long left;
  private boolean asked;
  private boolean ended;
  private long returned;
  private long calls;
  private long leftOut;

  /** Which of the keys in scope are wanted. */
  public interface Filter {
    /** All of them. */
    Filter ALL = (array, from, length) -> true;

    /** Whether this one is. */
    boolean takes(byte[] array, int from, int length);
  }

  /**
   * @param names which of them are handed out
   * @param type the one type that the server is to return; null = all
   * @param count about how many each call is to pass over
   * @param cursor where it begins; another kind of names' own = from the begin
   */
  public KeyScan(
      RawConnection connection, NameFilter names, @Nullable String type, int count, String cursor) {
    this.connection = connection;
    this.names = names;
    this.match = names.scope().match();
    this.type = type;
    this.count = count;
    this.cursor = SlotCursor.isOne(cursor) ? BEGIN : cursor;
    this.ofSomeSlots = !names.slots().isAll();
  }

  @Override
  public String cursor() {
    return cursor;
  }

  @Override
  public long returned() {
    return returned;
  }

  /**
   * How many keys the server has passed over, about: where it leaves out keys itself, each call
   * looks at about as many as it is asked to. Of some slots only these keys are counted.
   */
  @Override
  public long scanned() {
    return ofSomeSlots || (type == null && match == null)
        ? returned
        : Math.max(returned, calls * count);
  }

  @Override
  public long leftOut() {
    return leftOut + scanned() - returned;
  }

  /** Whether nothing is left. */
  boolean isEnded() {
    return ended && left == 0;
  }

  /** As declared; at the latest when a reply ends it returns. */
  @Override
  public boolean next(KeyBatch batch) {
    boolean heldUp = connection.isIdle();
    try {
      return more(batch, heldUp);
    } catch (RedisFailure lost) {
      if (!heldUp || !lost.isConnectionLoss()) {
        throw lost;
      }
      connection.renew();
      asked = false;
      left = 0;
      ended = false;
      return more(batch, false);
    }
  }

  private boolean more(KeyBatch batch, boolean heldUp) {
    if (left == 0) {
      if (ended) {
        return false;
      }
      begin(heldUp);
    }
    RawInput in = connection.in();
    in.forgetHeld();
    while (left > 0 && !batch.isFull()) {
      left--;
      take(in, in.expectBulk(), batch);
    }
    if (left == 0) {
      cursor = following;
    }
    return true;
  }

  /** Reads up to the keys of the next reply, and asks for the one after it unless held up. */
  private void begin(boolean heldUp) {
    if (!asked) {
      ask(cursor);
    }
    RawInput in = connection.in();
    in.next();
    if (in.kind() == RawInput.ERROR) {
      asked = false;
      throw connection.refused("SCAN", new Reply.Failed(in.text()));
    }
    calls++;
    in.expectedArray(2);
    following = in.bytes(in.expectBulk()).asUtf8();
    ended = following.equals("0");
    asked = false;
    if (!ended && !heldUp) {
      ask(following);
    }
    left = in.expectArray();
  }

  private void take(RawInput in, long claimed, KeyBatch batch) {
    intake.read(in, claimed, batch);
    NameFilter.Kind kind = names.kind(batch.array(), intake.at(), intake.length(), true);
    if (kind == NameFilter.Kind.FOREIGN) {
      return;
    }
    returned++;
    if (kind == NameFilter.Kind.OUT_OF_SCOPE) {
      leftOut++;
    } else if (kind == NameFilter.Kind.WANTED) {
      intake.keep(batch);
    }
  }

  private void ask(String from) {
    RawOutput out = connection.out();
    out.begin(4 + (match == null ? 0 : 2) + (type == null ? 0 : 2));
    out.part("SCAN");
    out.part(from);
    out.part("COUNT");
    out.part(count);
    if (match != null) {
      out.part("MATCH");
      out.part(match);
    }
    if (type != null) {
      out.part("TYPE");
      out.part(type);
    }
    out.flush();
    asked = true;
  }
}
