package io.syncanalyzer.verify.look;

import io.syncanalyzer.redis.wire.RawConnection;
import io.syncanalyzer.redis.wire.RawInput;
import io.syncanalyzer.redis.wire.RawOutput;
import io.syncanalyzer.verify.look.BatchFindings.State;
import io.syncanalyzer.verify.scan.KeyBatch;
import io.syncanalyzer.verify.server.SizesFirst;

/**
 * The first pass over the strings of a batch: one MGET reads them on both sides at once, and the
 * two replies are compared as they stream in, so that a value of any size takes no memory here.
 * What answers nil is no string. A cluster's node takes keys of one slot in a command: it gets an
 * MGET for each slot, all sent before the first is answered.
 *
 * <p>What a server must hold for one reply is bounded too: where the memory that keys take was
 * asked for before ({@link SizeLook}), strings are asked for {@link #MOST_BYTES} at a time, and
 * what is larger is left to be read in windows. Not safe for use by several threads.
 */
final class StringLook {
  /** Bytes of strings asked for in one command, by their size in the server's memory. */
  static final long MOST_BYTES = 4 * 1024 * 1024;

  private final RawConnection source;
  private final RawConnection replica;
  private final BatchFindings findings;
  private boolean seenLarge;

  StringLook(RawConnection source, RawConnection replica, BatchFindings findings) {
    this.source = source;
    this.replica = replica;
    this.findings = findings;
  }

  /**
   * Compares every key that is open.
   *
   * @param sizesKnown whether the sizes of all keys were asked for
   */
  void at(KeyBatch batch, boolean sizesKnown) {
    int from = 0;
    while (from < batch.count()) {
      if (!findings.is(from, State.OPEN)) {
        from++;
        continue;
      }
      int to = from;
      long bytes = 0;
      while (to < batch.count()
          && to - from < SizesFirst.BATCH_KEYS
          && findings.is(to, State.OPEN)
          && (!sizesKnown || to == from || bytes + findings.bytes(to) <= MOST_BYTES)) {
        bytes += sizesKnown ? findings.bytes(to) : 0;
        to++;
      }
      compare(batch, from, to);
      from = to;
    }
  }

  private void compare(KeyBatch batch, int from, int to) {
    Values mine = new Values(source, batch, from, to);
    Values others = new Values(replica, batch, from, to);
    for (int i = from; i < to; i++) {
      boolean readable = mine.begin(i);
      if (others.begin(i) && readable) {
        compareOne(mine.in(), others.in(), i);
      } else {
        mine.skip();
        others.skip();
        findings.set(i, State.UNLIKE);
      }
    }
  }

  /** Whether a string was met that should have been read in windows, had its size been known. */
  boolean hasSeenLarge() {
    return seenLarge;
  }

  private void compareOne(RawInput mine, RawInput other, int i) {
    long length = mine.number();
    seenLarge |= Math.max(length, other.number()) > SizeLook.LARGE_BYTES;
    if (length != other.number()) {
      findings.set(i, State.SUSPECT);
      BatchWire.skip(mine, length);
      BatchWire.skip(other, other.number());
    } else if (length < 0) {
      findings.set(i, State.NO_STRING);
    } else if (mine.sameBody(other, length, 0)) {
      findings.same(i, "string", 1, length);
    } else {
      findings.set(i, State.SUSPECT);
    }
  }

  /**
   * The values of keys on one side, asked for with as few commands as may be and read one after the
   * other.
   */
  private static final class Values {
    private final RawConnection side;
    private final KeyBatch batch;
    private final int to;
    private int end;
    private boolean readable;

    /** Asks for those from one place of the batch to before another. */
    Values(RawConnection side, KeyBatch batch, int from, int to) {
      this.side = side;
      this.batch = batch;
      this.to = to;
      this.end = from;
      RawOutput out = side.out();
      for (int at = from; at < to; ) {
        int slotEnd = endOfCommand(at);
        out.begin(1 + slotEnd - at);
        out.part("MGET");
        BatchWire.keys(out, batch, at, slotEnd);
        at = slotEnd;
      }
      out.flush();
    }

    private int endOfCommand(int at) {
      return side.endpoint().isInCluster() ? batch.endOfSlot(at, to) : to;
    }

    /**
     * Reads up to the value of a key; false where there is none to read, as one key that may not be
     * read fails the whole command: each of its keys is then asked for by itself.
     */
    boolean begin(int i) {
      RawInput in = side.in();
      if (i == end) {
        end = endOfCommand(i);
        in.next();
        readable = in.kind() == RawInput.ARRAY;
        if (readable) {
          in.expectedArray(end - i);
        } else {
          BatchWire.refused(side, "MGET");
        }
      }
      if (readable) {
        in.next();
        in.expectedBulkOrNil();
      }
      return readable;
    }

    /** Passes over the value. */
    void skip() {
      if (readable) {
        BatchWire.skip(side.in(), side.in().number());
      }
    }

    RawInput in() {
      return side.in();
    }
  }
}
