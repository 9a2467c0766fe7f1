package io.syncanalyzer.redis.topology;

/**
 * Slots that follow each other.
 *
 * @param from the first, 0 to 16383
 * @param to the last, that or greater
 */
public record SlotRange(int from, int to) {
  public SlotRange {
    if (from < 0 || to < from || to >= HashSlot.COUNT) {
      throw new IllegalArgumentException(from + "-" + to + " is no range of slots");
    }
  }

  /** How many slots there are in it. */
  public int count() {
    return to - from + 1;
  }

  /** Whether a slot is one of them. */
  public boolean contains(int slot) {
    return from <= slot && slot <= to;
  }

  @Override
  public String toString() {
    return from == to ? Integer.toString(from) : from + "-" + to;
  }
}
