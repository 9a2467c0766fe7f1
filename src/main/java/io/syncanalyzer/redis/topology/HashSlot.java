package io.syncanalyzer.redis.topology;

import io.syncanalyzer.redis.Bytes;

/**
 * The slot of a key in a Redis Cluster: CRC16 (XMODEM) of its hash tag, or of all of it where it
 * has none, modulo 16384.
 *
 * <p>Source: <a href="https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/">
 * the cluster specification</a>, "Key distribution model" and "Hash tags".
 */
public final class HashSlot {
  /** How many slots a cluster has. */
  public static final int COUNT = 16384;

  private static final int POLYNOMIAL = 0x1021;
  private static final int[] TABLE = table();

  private HashSlot() {}

  /** The slot of a key. */
  public static int of(Bytes key) {
    return of(key.array(), 0, key.length());
  }

  /** The slot of a key that stands in an array. */
  public static int of(byte[] array, int from, int length) {
    int end = from + length;
    int open = indexOf(array, '{', from, end);
    if (open >= 0) {
      int close = indexOf(array, '}', open + 1, end);
      if (close > open + 1) {
        return crc(array, open + 1, close) & (COUNT - 1);
      }
    }
    return crc(array, from, end) & (COUNT - 1);
  }

  private static int indexOf(byte[] array, char wanted, int from, int to) {
    for (int i = from; i < to; i++) {
      if (array[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  private static int crc(byte[] array, int from, int to) {
    int crc = 0;
    for (int i = from; i < to; i++) {
      crc = ((crc << 8) & 0xffff) ^ TABLE[((crc >>> 8) ^ array[i]) & 0xff];
    }
    return crc;
  }

  private static int[] table() {
    int[] table = new int[256];
    for (int i = 0; i < table.length; i++) {
      int crc = i << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) == 0 ? crc << 1 : (crc << 1) ^ POLYNOMIAL;
      }
      table[i] = crc & 0xffff;
    }
    return table;
  }
}
