package io.syncanalyzer.verify.scan;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.wire.RawConnection;
import io.syncanalyzer.redis.wire.RawInput;
import io.syncanalyzer.redis.wire.RawOutput;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * SCAN of one side, the next call always sent before the keys of the last are taken in, so that the
 * server never waits for us. Keys that are out of scope, and the fence's own, are left out. A reply
 * of long keys fills several batches.
 *
 * <p>Where the scan is held up for so long that its connection may be gone, the call that was sent
 * ahead may be too: then it is made again, on another connection if need be. SCAN keeps nothing
 * between its calls, and a key that so comes twice is counted once, as all that SCAN repeats.
 *
 * <p>Not safe for use by several threads.
 */
public final class KeyScan {
  private static final int DIRECT = 64 * 1024;

  private final RawConnection connection;
  private final VerifyScope scope;
  private final @Nullable String type;
  private final Optional<Glob> exclude;
  private final Bytes fencePrefix;
  private final int database;
  private final int count;
  private final Filter filter;
  private final KeyHash hash = new KeyHash();
  private String cursor;
  private String following = "0";
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

  public KeyScan(
      RawConnection connection,
      int database,
      VerifyScope scope,
      @Nullable String type,
      Bytes fencePrefix,
      int count,
      String cursor,
      Filter filter) {
    this.connection = connection;
    this.database = database;
    this.scope = scope;
    this.type = type;
    this.exclude = Optional.ofNullable(scope.exclude()).map(Glob::new);
    this.fencePrefix = fencePrefix;
    this.count = count;
    this.cursor = cursor;
    this.filter = filter;
  }

  /** Where a scan could go on after all that {@link #next} has returned. */
  public String cursor() {
    return cursor;
  }

  /** How many keys the server returned, the fence's own not counted. */
  public long returned() {
    return returned;
  }

  /**
   * How many keys the server has passed over, about: where it leaves out keys itself, each call
   * looks at about as many as it is asked to.
   */
  public long scanned() {
    return type == null && scope.match() == null ? returned : Math.max(returned, calls * count);
  }

  /** How many of those are out of scope, about: they are not to be looked at. */
  public long leftOut() {
    return leftOut + scanned() - returned;
  }

  /**
   * Adds the next keys to the batch until a reply ends or the batch is full; false when there are
   * no more, nothing added.
   *
   * @throws io.syncanalyzer.redis.RedisFailure if the server refuses; a next call asks again
   */
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
    int length;
    int position;
    if (claimed <= DIRECT) {
      length = (int) claimed;
      position = batch.room(length);
      in.copyTo(batch.array(), position, length);
    } else {
      // Room is made for what has come, never for what is only claimed.
      Bytes key = in.bytes(claimed);
      length = key.length();
      position = batch.room(length);
      System.arraycopy(key.array(), 0, batch.array(), position, length);
    }
    if (!isFence(batch.array(), position, length)) {
      returned++;
      if (inScope(batch.array(), position, length)) {
        if (filter.takes(batch.array(), position, length)) {
          batch.added(position, length);
        }
      } else {
        leftOut++;
      }
    }
  }

  private boolean isFence(byte[] array, int from, int length) {
    return length > fencePrefix.length()
        && java.util.Arrays.equals(
            array, from, from + fencePrefix.length(), fencePrefix.array(), 0, fencePrefix.length());
  }

  private boolean inScope(byte[] array, int from, int length) {
    if (exclude.isPresent() && exclude.get().matches(array, from, length)) {
      return false;
    }
    if (scope.samplePercent() < 100) {
      hash.of(database, array, from, length);
      return hash.isSampled(scope.samplePercent());
    }
    return true;
  }

  private void ask(String from) {
    RawOutput out = connection.out();
    Bytes match = scope.match();
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
