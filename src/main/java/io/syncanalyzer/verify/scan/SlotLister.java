package io.syncanalyzer.verify.scan;

import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.topology.HashSlot;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.redis.wire.RawConnection;
import io.syncanalyzer.redis.wire.RawInput;
import io.syncanalyzer.redis.wire.RawOutput;
import io.syncanalyzer.verify.server.SlotCounts;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Lists the names of a node's slots, one slot after the other in ascending order: how many each has
 * is asked for many at once, then the names of those that have some, a few thousand names ahead
 * (ten times as many of a node that is far away), so that the node never waits for us. A slot with
 * very many names is not listed, as the node serves nobody while it lists.
 *
 * <p>Source: <a href="https://redis.io/docs/latest/commands/cluster-getkeysinslot/">CLUSTER
 * GETKEYSINSLOT</a>, which has no cursor. Not safe for use by several threads.
 */
final class SlotLister {
  /** What {@link #begin} says of a slot that is not listed. */
  static final long GIANT = -1;

  /**
   * A node lists some 4,000 names in a millisecond. One that was counted to have as many as this
   * may have got some more when it is listed.
   */
  static final int MOST_NAMES = 10_000;

  /** One that has so many may have more. */
  static final int LISTED_AT_MOST = 2 * MOST_NAMES;

  private static final int WINDOW = 1024;
  private static final int AHEAD = 4096;
  private static final int TIMES_AHEAD = 4;

  private final RawConnection connection;
  private final SlotSet slots;
  private final int window;
  private final int ahead;
  private final long[] counts = new long[HashSlot.COUNT];
  private final Deque<Integer> asked = new ArrayDeque<>();
  private long namesAsked;
  private int counted;
  private int next;

  /**
   * @param slots which are listed
   * @param names about how many are passed over at a time: several times as many are asked for
   *     ahead, and slots counted in proportion
   */
  SlotLister(RawConnection connection, SlotSet slots, int names) {
    this.connection = connection;
    this.slots = slots;
    this.ahead = Math.max(AHEAD, TIMES_AHEAD * names);
    this.window = WINDOW * (ahead / AHEAD);
  }

  /** Whether a server lets its slots be counted and listed. */
  static boolean works(RawConnection connection, int slot) {
    return SlotCounts.works(connection, slot)
        && !(connection.call("CLUSTER", "GETKEYSINSLOT", Integer.toString(slot), "1")
            instanceof Reply.Failed);
  }

  /**
   * Goes to a slot, not before the one it is at.
   *
   * @return how many names are to be read from the connection, each a bulk string; {@link #GIANT}
   *     where it is not listed
   */
  long begin(int slot) {
    if (slot >= counted) {
      count(slot);
    }
    if (counts[slot] == 0 || counts[slot] > MOST_NAMES) {
      return counts[slot] == 0 ? 0 : GIANT;
    }
    if (asked.isEmpty()) {
      next = slot;
    }
    askAhead();
    asked.remove();
    namesAsked -= counts[slot];
    RawInput in = connection.in();
    in.next();
    if (in.kind() == RawInput.ERROR) {
      RedisFailure refused =
          connection.refused("CLUSTER GETKEYSINSLOT", new Reply.Failed(in.text()));
      drain();
      throw refused;
    }
    return in.expectedArray();
  }

  RawInput in() {
    return connection.in();
  }

  /** Whether it has been idle for so long that what was asked ahead may never be answered. */
  boolean isIdle() {
    return connection.isIdle();
  }

  /** Takes another connection in the place of this one; a slot can then be begun again. */
  void renew() {
    connection.renew();
    forget();
  }

  private void drain() {
    for (int left = asked.size(); left > 0; left--) {
      connection.in().reply();
    }
    forget();
  }

  private void forget() {
    asked.clear();
    namesAsked = 0;
    counted = 0;
  }

  private void count(int from) {
    int to = from;
    for (int left = window; left > 0 && to < HashSlot.COUNT; left--) {
      counts[to] = 0;
      to++;
    }
    SlotCounts.each(connection, slots, from, to, (slot, keys) -> counts[slot] = keys);
    counted = to;
    next = from;
  }

  private void askAhead() {
    if (namesAsked > ahead / 2) {
      return;
    }
    RawOutput out = connection.out();
    for (int slot = slots.next(next);
        slot >= 0 && slot < counted && namesAsked < ahead;
        slot = slots.next(slot + 1)) {
      if (counts[slot] > 0 && counts[slot] <= MOST_NAMES) {
        out.begin(4);
        out.part("CLUSTER");
        out.part("GETKEYSINSLOT");
        out.part(slot);
        // It may have got some more: all are listed, unless it has become a giant meanwhile.
        out.part(LISTED_AT_MOST);
        asked.add(slot);
        namesAsked += counts[slot];
      }
      next = slot + 1;
    }
    out.flush();
  }
}
