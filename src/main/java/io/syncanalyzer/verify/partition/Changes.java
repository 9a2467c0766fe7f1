package io.syncanalyzer.verify.partition;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.topology.SlotRange;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.time.NanoClock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What became of slots and nodes while they were verified, to be told in notes. For one thread. */
final class Changes {
  private final NanoClock clock;
  private final long start;
  private final List<String> notes = new ArrayList<>();
  private final Map<String, SlotSet> moved = new LinkedHashMap<>();
  private final Set<String> places = new HashSet<>();
  private SlotSet stayed = SlotSet.NONE;

  Changes(NanoClock clock) {
    this.clock = clock;
    this.start = clock.nanoTime();
  }

  /** Takes a note; an empty one is none. */
  void note(String words) {
    if (!words.isEmpty()) {
      notes.add(words);
    }
  }

  /** Slots have found their nodes. */
  void placed(Homeless homeless, Partition piece) {
    if (homeless.moved().isEmpty()) {
      tookOver(homeless.from().source(), piece.source());
      tookOver(homeless.from().replica(), piece.replica());
      return;
    }
    SlotSet slots = SlotSet.of(piece.slots());
    boolean elsewhere = moved(homeless.from().source(), piece.source(), slots);
    elsewhere |= moved(homeless.from().replica(), piece.replica(), slots);
    if (!elsewhere) {
      stayed = stayed.or(slots.and(homeless.moved()));
    }
  }

  private void tookOver(Endpoint from, Endpoint to) {
    if (!from.address().equals(to.address())
        && places.add(from.address() + " " + to.address() + " " + to.side())) {
      notes.add(
          String.format(
              Locale.ROOT,
              "failover: %.1f s after the begin %s was found in the place of the %s %s",
              (clock.nanoTime() - start) / 1e9,
              to.address(),
              from.side().label(),
              from.address()));
    }
  }

  private boolean moved(Endpoint from, Endpoint to, SlotSet slots) {
    if (from.address().equals(to.address())) {
      return false;
    }
    moved.merge(
        "from " + from.address() + " to " + to.address() + " (" + to.side().label() + ")",
        slots,
        SlotSet::or);
    return true;
  }

  /** Another is in the place of a node. */
  void failedOver(Endpoint node, List<Done> ofIt) {
    SlotSet slots = SlotSet.NONE;
    for (Done one : ofIt) {
      slots = slots.or(SlotSet.of(one.partition().slots()));
    }
    notes.add(
        String.format(
            Locale.ROOT,
            "failover: %.1f s after the begin the %s %s was gone, restarted or had another role%s",
            (clock.nanoTime() - start) / 1e9,
            node.side().label(),
            node.address(),
            slots.isEmpty()
                ? ""
                : "; slots " + slots + ", which had been compared with it, were compared again"));
  }

  /** A slot is given up. */
  void stillMoves(UnsettledSlots slot) {
    notes.add(slot.note());
  }

  /** All of it, a line each. */
  List<String> lines() {
    List<String> lines = new ArrayList<>(notes);
    moved.forEach(
        (way, slots) ->
            lines.add(
                "slots "
                    + slots
                    + " moved "
                    + way
                    + " while they were compared, and were compared"
                    + " again there"));
    SlotSet back = stayed;
    for (SlotSet one : moved.values()) {
      back = back.without(one);
    }
    if (!back.isEmpty()) {
      List<SlotRange> ranges = back.ranges();
      boolean one = ranges.size() == 1 && ranges.get(0).count() == 1;
      lines.add(
          (one ? "slot " : "slots ")
              + back
              + (one ? " was" : " were")
              + " on the way to another node while compared, and looked at again last");
    }
    return lines;
  }
}
