package io.syncanalyzer.verify.scan;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A 128-bit hash of a database and a key: two keys with one hash are taken for one. Among 20
 * million keys the chance of any such pair is below 1e-23.
 *
 * <p>The algorithm is MurmurHash3 x64 128 (Austin Appleby, public domain), seeded with the database
 * number. Reused for one key after another; not safe for use by several threads.
 */
public final class KeyHash {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long C1 = 0x87c37b91114253d5L;
  private static final long C2 = 0x4cf5ad432745937fL;

  private long high;
  private long low;

  /** Hashes a key; {@link #high} and {@link #low} are the result. */
  public void of(int database, byte[] array, int from, int length) {
    long h1 = database;
    long h2 = database;
    int at = from;
    int blocksEnd = from + (length & ~15);
    for (; at < blocksEnd; at += 16) {
      h1 ^= mix1((long) LONG.get(array, at));
      h1 = (Long.rotateLeft(h1, 27) + h2) * 5 + 0x52dce729;
      h2 ^= mix2((long) LONG.get(array, at + 8));
      h2 = (Long.rotateLeft(h2, 31) + h1) * 5 + 0x38495ab5;
    }
    int rest = length & 15;
    long k1 = 0;
    long k2 = 0;
    for (int i = rest - 1; i >= 8; i--) {
      k2 = (k2 << 8) | (array[at + i] & 0xff);
    }
    for (int i = Math.min(rest, 8) - 1; i >= 0; i--) {
      k1 = (k1 << 8) | (array[at + i] & 0xff);
    }
    h1 ^= mix1(k1);
    h2 ^= mix2(k2);
    h1 ^= length;
    h2 ^= length;
    h1 += h2;
    h2 += h1;
    h1 = finish(h1);
    h2 = finish(h2);
    h1 += h2;
    h2 += h1;
    high = h1;
    low = h2;
  }

  public long high() {
    return high;
  }

  public long low() {
    return low;
  }

  /** Whether the key of this hash is among that many of a hundred. */
  boolean isSampled(double percent) {
    return (low >>> 11) * 0x1.0p-53 < percent / 100;
  }

  private static long mix1(long k) {
    return Long.rotateLeft(k * C1, 31) * C2;
  }

  private static long mix2(long k) {
    return Long.rotateLeft(k * C2, 33) * C1;
  }

  private static long finish(long k) {
    long x = k;
    x ^= x >>> 33;
    x *= 0xff51afd7ed558ccdL;
    x ^= x >>> 33;
    x *= 0xc4ceb9fe1a85ec53L;
    x ^= x >>> 33;
    return x;
  }
}
