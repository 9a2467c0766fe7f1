package io.syncanalyzer.probe.observe;

/**
 * The sentinels sent and not yet settled on one replica, oldest first: a ring of longs that never
 * allocates. Used by one thread.
 *
 * <p>An entry is a lane and a sequence in one long ({@link #entry}).
 */
public final class Outstanding {
  private static final int SEQUENCE_BITS = 48;

  private final long[] ring;
  private final int mask;
  private long head;
  private long tail;

  /**
   * @param capacity at least the sum of the ledgers'
   */
  public Outstanding(int capacity) {
    int size = capacity <= 1 ? 1 : Integer.highestOneBit(capacity - 1) << 1;
    this.ring = new long[size];
    this.mask = size - 1;
  }

  /** The one long of a lane and a sequence. */
  public static long entry(int lane, long sequence) {
    return ((long) lane << SEQUENCE_BITS) | sequence;
  }

  static int lane(long entry) {
    return (int) (entry >>> SEQUENCE_BITS);
  }

  static long sequence(long entry) {
    return entry & ((1L << SEQUENCE_BITS) - 1);
  }

  /** How many there are, the settled that were not taken out among them. */
  public int size() {
    return (int) (tail - head);
  }

  /** The entry at a place, 0 = the oldest. */
  long at(int place) {
    return ring[(int) (head + place) & mask];
  }

  /**
   * Puts one at the end.
   *
   * @throws IllegalStateException if there are more than it was made for
   */
  public void add(long entry) {
    if (size() > mask) {
      throw new IllegalStateException("more sentinels outstanding than the ledgers hold");
    }
    ring[(int) tail++ & mask] = entry;
  }

  /** Marks the entry at a place as settled; {@link #compact} takes it out. */
  public void settle(int place) {
    ring[(int) (head + place) & mask] = -1;
  }

  boolean isSettled(int place) {
    return at(place) < 0;
  }

  /** Takes out the settled among the first {@code places}, keeping the order of the others. */
  public void compact(int places) {
    int write = places;
    for (int read = places - 1; read >= 0; read--) {
      long entry = at(read);
      if (entry >= 0) {
        write--;
        ring[(int) (head + write) & mask] = entry;
      }
    }
    head += write;
  }
}
