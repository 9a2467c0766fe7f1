package io.syncanalyzer.verify.scan;

import java.util.Arrays;

/** The hashes of the names of one slot. Reused for one slot after another, for one thread. */
final class SlotHashes {
  private static final int SMALLEST = 64;

  private final int database;
  private final KeyHash hash = new KeyHash();
  private long[] table = new long[2 * SMALLEST];
  private int count;

  SlotHashes(int database) {
    this.database = database;
  }

  /** Forgets all, for so many others. */
  void begin(long names) {
    int places = SMALLEST;
    while (places < 2 * names) {
      places *= 2;
    }
    if (table.length == 2 * places) {
      Arrays.fill(table, 0);
    } else {
      table = new long[2 * places];
    }
    count = 0;
  }

  /** Adds a name. */
  void add(byte[] array, int from, int length) {
    int place = place(array, from, length);
    if (table[place] == 0 && table[place + 1] == 0) {
      if (4 * (count + 1) > table.length) {
        grow();
        place = place(array, from, length);
      }
      table[place] = hash.high();
      table[place + 1] = hash.low();
      count++;
    }
  }

  /** Whether a name is among them. */
  boolean contains(byte[] array, int from, int length) {
    int place = place(array, from, length);
    return table[place] != 0 || table[place + 1] != 0;
  }

  private int place(byte[] array, int from, int length) {
    hash.of(database, array, from, length);
    return place(hash.high(), hash.low());
  }

  /** Where a hash is, or would be put. */
  private int place(long high, long low) {
    int mask = table.length / 2 - 1;
    int at = (int) low & mask;
    while ((table[2 * at] != 0 || table[2 * at + 1] != 0)
        && (table[2 * at] != high || table[2 * at + 1] != low)) {
      at = (at + 1) & mask;
    }
    return 2 * at;
  }

  private void grow() {
    long[] old = table;
    table = new long[old.length * 2];
    for (int i = 0; i < old.length; i += 2) {
      if (old[i] != 0 || old[i + 1] != 0) {
        int place = place(old[i], old[i + 1]);
        table[place] = old[i];
        table[place + 1] = old[i + 1];
      }
    }
  }
}
