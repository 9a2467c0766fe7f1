package io.syncanalyzer.verify.found;

import io.syncanalyzer.verify.scan.KeyHash;
import io.syncanalyzer.verify.scan.KeyScan;
import java.util.Arrays;

/**
 * Which keys have been looked at, by their hashes, in a table of fixed size: 64 bits of a hash are
 * held and some more tell the place, so that among 20 million keys the chance that any other is
 * taken for one of them is below 1e-4 in a billion. Where there are more than the table holds it is
 * filled with one part of them after the other. Not safe for use by several threads.
 */
public final class SeenSet implements KeyScan.Filter {
  /** Bytes of the table for a key that it is to hold: it is never more than three quarters full. */
  private static final int BYTES_A_KEY = 11;

  private static final int LEAST = 1024;

  private final long[] table;
  private final int parts;
  private final KeyHash hash = new KeyHash();
  private int part;
  private int held;
  private int database;
  private long mark;

  /**
   * Of so many keys, in at most so much memory.
   *
   * @param keys how many there may be
   * @param mostBytes what the table may take
   */
  public static SeenSet of(long keys, long mostBytes) {
    long most = Math.max(LEAST, mostBytes / BYTES_A_KEY);
    int parts = 1;
    while (keys / parts > most && parts < 1 << 20) {
      parts *= 2;
    }
    long room = Math.max(LEAST, Math.min(most, keys / parts + keys / parts / 4));
    return new SeenSet((int) Math.min(Integer.MAX_VALUE - 16L, room * 4 / 3), parts);
  }

  private SeenSet(int slots, int parts) {
    this.table = new long[slots];
    this.parts = parts;
  }

  /** In how many parts all keys are looked for, one after the other; a power of two. */
  public int parts() {
    return parts;
  }

  /** Empties it for one of the parts. */
  void begin(int ofParts) {
    part = ofParts;
    held = 0;
    Arrays.fill(table, 0);
  }

  /** Whether it takes no more. */
  public boolean isFull() {
    return held >= table.length / 8 * 7;
  }

  /**
   * Which database the keys that are asked about belong to.
   *
   * @param ofSide what marks those that {@link #takes} takes now, so that others do not know them;
   *     0 = all do
   */
  public void in(int number, long ofSide) {
    database = number;
    mark = ofSide;
  }

  /** Takes the key of that hash; whether it belongs to this part and was not there. */
  boolean add(long high, long low) {
    return isOfPart(high) && put(high, low, true);
  }

  private boolean isOfPart(long high) {
    return ((int) (high >>> 40) & (parts - 1)) == part;
  }

  /** Whether it was not there, and is by now if wanted. */
  private boolean put(long high, long low, boolean wanted) {
    long entry = high == 0 ? 1 : high;
    int at = (int) Math.multiplyHigh(low >>> 1, 2L * table.length);
    while (table[at] != 0) {
      if (table[at] == entry) {
        return false;
      }
      at = at + 1 == table.length ? 0 : at + 1;
    }
    if (!wanted || isFull()) {
      return true; // It may be looked at twice, which is counted once.
    }
    table[at] = entry;
    held++;
    return true;
  }

  /** Takes a key that was not looked at, once. */
  @Override
  public boolean takes(byte[] array, int from, int length) {
    hash.of(database, array, from, length);
    long high = hash.high();
    return isOfPart(high)
        && (mark == 0 || put(high, hash.low(), false))
        && put(high ^ mark, hash.low(), true);
  }
}
