package io.syncanalyzer.verify;

import org.jspecify.annotations.Nullable;

/**
 * What the first byte of a DUMP payload tells of a key's type.
 *
 * <p>Numbers: {@code rdb.h} of Redis 8 and Valkey 9. Those of modules, and any newer, are not told
 * here: such a key is asked its {@code TYPE}.
 */
final class SerializedType {
  private static final @Nullable String[] NAMES = new String[32];

  static {
    fill("string", 0);
    fill("list", 1, 10, 14, 18);
    fill("set", 2, 11, 20);
    fill("zset", 3, 5, 12, 17);
    fill("hash", 4, 9, 13, 16, 22, 23, 24, 25);
    fill("stream", 15, 19, 21);
  }

  private SerializedType() {}

  /** The type; null where the byte does not tell. */
  static @Nullable String of(byte first) {
    return first >= 0 && first < NAMES.length ? NAMES[first] : null;
  }

  private static void fill(String name, int... numbers) {
    for (int number : numbers) {
      NAMES[number] = name;
    }
  }
}
