package io.syncanalyzer.verify.server;

import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.topology.HashSlot;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.redis.wire.RawConnection;
import io.syncanalyzer.redis.wire.RawInput;
import io.syncanalyzer.redis.wire.RawOutput;
import java.util.OptionalLong;

/** How many keys a cluster's node has in each slot: COUNTKEYSINSLOT of many slots at once. */
public final class SlotCounts {
  private static final String COMMAND = "COUNTKEYSINSLOT";

  private SlotCounts() {}

  /** Takes how many keys a slot has. */
  public interface Each {
    /** Takes it. */
    void slot(int slot, long keys);
  }

  /** Whether a server lets its slots be counted. */
  public static boolean works(RawConnection connection, int slot) {
    Reply reply = connection.call("CLUSTER", COMMAND, Integer.toString(slot));
    if (reply instanceof Reply.Failed failed && Unanswered.concernsServer(failed.message())) {
      throw connection.refused("CLUSTER " + COMMAND, failed);
    }
    return !(reply instanceof Reply.Failed);
  }

  /** The keys of all those slots together; empty where the node does not let them be counted. */
  public static OptionalLong sum(RawConnection connection, SlotSet slots) {
    if (!works(connection, slots.next(0))) {
      return OptionalLong.empty();
    }
    long[] sum = new long[1];
    each(connection, slots, 0, HashSlot.COUNT, (slot, keys) -> sum[0] += keys);
    return OptionalLong.of(sum[0]);
  }

  /**
   * Counts those of the slots that lie from {@code from} to before {@code to}.
   *
   * @throws io.syncanalyzer.redis.RedisFailure if the node refuses
   */
  public static void each(RawConnection connection, SlotSet slots, int from, int to, Each each) {
    RawOutput out = connection.out();
    for (int slot = slots.next(from); slot >= 0 && slot < to; slot = slots.next(slot + 1)) {
      out.begin(3);
      out.part("CLUSTER");
      out.part(COMMAND);
      out.part(slot);
    }
    out.flush();
    RawInput in = connection.in();
    Reply.Failed refused = null;
    for (int slot = slots.next(from); slot >= 0 && slot < to; slot = slots.next(slot + 1)) {
      Reply reply = in.reply();
      if (reply instanceof Reply.Failed failed) {
        refused = failed;
      } else if (reply instanceof Reply.Int number) {
        each.slot(slot, number.value());
      }
    }
    if (refused != null) {
      throw connection.refused("CLUSTER " + COMMAND, refused);
    }
  }
}
