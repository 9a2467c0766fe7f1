package io.syncanalyzer.verify.value;

import io.syncanalyzer.redis.Blob;
import org.jspecify.annotations.Nullable;

/**
 * What the first byte of a DUMP payload tells of a key's type.
 *
 * <p>Numbers: {@code rdb.h} of Redis 8.8 and Valkey 9. Those of modules, and any newer, are not
 * told here: such a key is asked its {@code TYPE}.
 */
public final class SerializedType {
  private static final byte MODULE = 7;
  private static final int MODULE_HEAD = 10;
  private static final @Nullable String[] NAMES = new String[32];

  static {
    fill("string", 0);
    fill("list", 1, 10, 14, 18);
    fill("set", 2, 11, 20);
    fill("zset", 3, 5, 12, 17);
    fill("hash", 4, 9, 13, 16, 22, 23, 24, 25);
    fill("stream", 15, 19, 21, 26, 27);
    fill("array", 28);
  }

  private SerializedType() {}

  /** The type; null where the byte does not tell. */
  static @Nullable public String of(byte first) {
    return first >= 0 && first < NAMES.length ? NAMES[first] : null;
  }

  /**
   * Whether a payload is the server's own work, not a module's. A server keeps values of one type
   * in several ways, by their sizes and histories, and writes them as it keeps them.
   */
  static boolean ofNoModule(@Nullable Blob payload) {
    return payload != null && payload.head().length() > 0 && payload.head().at(0) != MODULE;
  }

  /**
   * Whether two payloads are of modules that write in other versions: after the mark of a module
   * comes its id, a length of eight bytes that has the version in its last bits.
   */
  static boolean otherModuleVersion(@Nullable Blob source, @Nullable Blob replica) {
    if (source == null
        || replica == null
        || source.head().length() < MODULE_HEAD
        || replica.head().length() < MODULE_HEAD) {
      return false;
    }
    boolean modules = source.head().at(0) == MODULE && replica.head().at(0) == MODULE;
    return modules
        && !source.head().slice(0, MODULE_HEAD).equals(replica.head().slice(0, MODULE_HEAD));
  }

  private static void fill(String name, int... numbers) {
    for (int number : numbers) {
      NAMES[number] = name;
    }
  }
}
