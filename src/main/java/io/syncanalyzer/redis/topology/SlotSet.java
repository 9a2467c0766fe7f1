package io.syncanalyzer.redis.topology;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;

/** Some of a cluster's slots. Immutable, so safe for use by several threads. */
public final class SlotSet {
  /** Every slot: what a server that is in no cluster holds. */
  public static final SlotSet ALL = of(List.of(new SlotRange(0, HashSlot.COUNT - 1)));

  /** None. */
  public static final SlotSet NONE = of(List.of());

  private final BitSet bits;

  private SlotSet(BitSet bits) {
    this.bits = bits;
  }

  /** Those of the ranges, which may overlap. */
  public static SlotSet of(List<SlotRange> ranges) {
    BitSet bits = new BitSet(HashSlot.COUNT);
    ranges.forEach(range -> bits.set(range.from(), range.to() + 1));
    return new SlotSet(bits);
  }

  /** Those of one range. */
  public static SlotSet of(SlotRange range) {
    return of(List.of(range));
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws IllegalArgumentException if it is no list of ranges
   */
  public static SlotSet parse(String text) {
    List<SlotRange> ranges = new ArrayList<>();
    for (String part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      int dash = part.indexOf('-');
      int from = Integer.parseInt(dash < 0 ? part : part.substring(0, dash));
      ranges.add(new SlotRange(from, dash < 0 ? from : Integer.parseInt(part.substring(dash + 1))));
    }
    return of(ranges);
  }

  public boolean contains(int slot) {
    return bits.get(slot);
  }

  public boolean isEmpty() {
    return bits.isEmpty();
  }

  /** Whether it is every slot there is. */
  public boolean isAll() {
    return count() == HashSlot.COUNT;
  }

  public int count() {
    return bits.cardinality();
  }

  /** The first slot from {@code slot} on that is in it; −1 where none is. */
  public int next(int slot) {
    return bits.nextSetBit(slot);
  }

  /**
   * The one in the middle of them: the one that is moved away last where some are, as tools take
   * them from the ends.
   *
   * @throws IllegalStateException if there is none
   */
  public int middle() {
    if (isEmpty()) {
      throw new IllegalStateException("there is no slot in it");
    }
    int slot = next(0);
    for (int left = count() / 2; left > 0; left--) {
      slot = next(slot + 1);
    }
    return slot;
  }

  /** Those that are in both. */
  public SlotSet and(SlotSet other) {
    BitSet both = copy();
    both.and(other.bits);
    return new SlotSet(both);
  }

  /** Those that are in either. */
  public SlotSet or(SlotSet other) {
    BitSet either = copy();
    either.or(other.bits);
    return new SlotSet(either);
  }

  /** Those that are in this and not in the other. */
  public SlotSet without(SlotSet other) {
    BitSet left = copy();
    left.andNot(other.bits);
    return new SlotSet(left);
  }

  /** The fewest ranges that hold them, in order. */
  public List<SlotRange> ranges() {
    List<SlotRange> ranges = new ArrayList<>();
    for (int from = bits.nextSetBit(0); from >= 0; ) {
      int end = bits.nextClearBit(from);
      ranges.add(new SlotRange(from, end - 1));
      from = bits.nextSetBit(end);
    }
    return ranges;
  }

  private BitSet copy() {
    return (BitSet) bits.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SlotSet set && bits.equals(set.bits);
  }

  @Override
  public int hashCode() {
    return bits.hashCode();
  }

  /** Its ranges, {@code 0-5460,8000}. */
  @Override
  public String toString() {
    return ranges().stream().map(SlotRange::toString).collect(Collectors.joining(","));
  }
}
