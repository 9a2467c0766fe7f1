package io.syncanalyzer.verify.value;

import io.syncanalyzer.redis.wire.RawInput;
import java.util.Arrays;

/**
 * A small reply whose elements come in no fixed order, such as that of SMEMBERS, kept as bytes: at
 * most 64 KiB with four bytes for each element, and 1024 elements. Two are compared as bags,
 * without an object for each element. Reused for one reply after another; it takes some 100 KiB.
 * Not safe for use by several threads.
 */
public final class UnorderedReply {
  /*
   * Equal replies mostly come in one order, so the bytes are compared first. Else the slices of one
   * are put into a table by open addressing with linear probing, four slots or more for each that
   * there is, and each slice of the other strikes one out. A struck slot stays taken, so that a
   * search goes on past it. With as many slices on either side none is left when all are struck.
   */

  private static final int MOST_BYTES = 64 * 1024;
  private static final int MOST_SLICES = 1024;

  private final byte[] bytes = new byte[MOST_BYTES];
  private final int[] from = new int[MOST_SLICES + 1];
  private final int[] hashes = new int[MOST_SLICES];
  private final int[] table = new int[slotsFor(MOST_SLICES)];
  private int slices;
  private long elements;
  private long bodyBytes;

  /**
   * Takes the array whose first line was just read; so many elements in a row belong together.
   *
   * @return false if it is no array, or too large to be kept: it has then been passed over
   */
  public boolean take(RawInput in, int stride) {
    slices = 0;
    bodyBytes = 0;
    elements = in.number();
    boolean isArray = in.kind() == RawInput.ARRAY && elements >= 0;
    if (!isArray || elements > (long) MOST_SLICES * stride) {
      in.skipRest();
      return false;
    }
    boolean fits = true;
    int at = 0;
    for (long i = 0; i < elements; i++) {
      in.next();
      long length = Math.max(0, in.number());
      fits = fits && in.kind() == RawInput.BULK && length + 4 <= MOST_BYTES - at;
      if (!fits) {
        in.skipRest();
        continue;
      }
      if (i % stride == 0) {
        from[slices++] = at;
      }
      int size = (int) length;
      // The length goes before the bytes: "ab","c" must not look like "a","bc".
      bytes[at++] = (byte) (size >>> 24);
      bytes[at++] = (byte) (size >>> 16);
      bytes[at++] = (byte) (size >>> 8);
      bytes[at++] = (byte) size;
      in.copyTo(bytes, at, size);
      at += size;
      bodyBytes += length;
    }
    from[slices] = at;
    return fits;
  }

  /** Bytes of all elements. */
  public long bodyBytes() {
    return bodyBytes;
  }

  /** Elements, a field and its value as one where they belong together. */
  public int slices() {
    return slices;
  }

  /** Whether the other holds the same elements, each as often, in whatever order. */
  public boolean sameAs(UnorderedReply other) {
    if (slices != other.slices || from[slices] != other.from[slices]) {
      return false;
    }
    if (Arrays.equals(bytes, 0, from[slices], other.bytes, 0, from[slices])) {
      return true;
    }
    // No more of the table than these need: clearing all of it for ten took the most time here.
    int last = slotsFor(slices) - 1;
    Arrays.fill(table, 0, last + 1, 0);
    for (int i = 0; i < slices; i++) {
      hashes[i] = hash(bytes, from[i], from[i + 1]);
      int slot = hashes[i] & last;
      while (table[slot] != 0) {
        slot = (slot + 1) & last;
      }
      table[slot] = i + 1;
    }
    for (int i = 0; i < other.slices; i++) {
      if (!strike(other, other.from[i], other.from[i + 1], last)) {
        return false;
      }
    }
    return true;
  }

  /** Strikes out one slice of ours that equals the other's; false if there is none left. */
  private boolean strike(UnorderedReply other, int begin, int end, int last) {
    int hash = hash(other.bytes, begin, end);
    int slot = hash & last;
    while (table[slot] != 0) {
      int i = table[slot] - 1;
      if (i >= 0
          && hashes[i] == hash
          && Arrays.equals(bytes, from[i], from[i + 1], other.bytes, begin, end)) {
        table[slot] = -1;
        return true;
      }
      slot = (slot + 1) & last;
    }
    return false;
  }

  /** Four for each at least: a power of two. */
  private static int slotsFor(int slices) {
    return Integer.highestOneBit(Math.max(1, 4 * slices - 1)) << 1;
  }

  private static int hash(byte[] array, int begin, int end) {
    int hash = 1;
    for (int i = begin; i < end; i++) {
      hash = 31 * hash + array[i];
    }
    return hash ^ (hash >>> 15);
  }
}
