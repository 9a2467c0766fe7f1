package io.syncanalyzer.verify.scan;

import io.syncanalyzer.redis.topology.SlotRange;
import io.syncanalyzer.redis.topology.SlotSet;

/**
 * How far the names of slots have been listed, to go on from there.
 *
 * @param slot the one that comes next; past the last where all were listed
 * @param giants those before it that were left to be scanned
 * @param scan where the scan of these is
 */
record SlotCursor(int slot, SlotSet giants, String scan) {
  private static final String BEGIN = "slot:";

  /** Nothing was listed. */
  static final SlotCursor FIRST = new SlotCursor(0, SlotSet.NONE, "0");

  /** Whether a text is a cursor of slots. */
  static boolean isOne(String text) {
    return text.startsWith(BEGIN);
  }

  /** Reads what {@link #toString} writes; any other text is the begin. */
  static SlotCursor parse(String text) {
    if (!isOne(text)) {
      return FIRST;
    }
    String[] parts = text.substring(BEGIN.length()).split("/", 3);
    return new SlotCursor(Integer.parseInt(parts[0]), SlotSet.parse(parts[1]), parts[2]);
  }

  /** The same with one more that is left to be scanned. */
  SlotCursor withGiant(int giant) {
    return new SlotCursor(slot, giants.or(SlotSet.of(new SlotRange(giant, giant))), scan);
  }

  SlotCursor at(int other) {
    return new SlotCursor(other, giants, scan);
  }

  @Override
  public String toString() {
    return BEGIN + slot + "/" + giants + "/" + scan;
  }
}
