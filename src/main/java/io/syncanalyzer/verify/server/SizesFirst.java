package io.syncanalyzer.verify.server;

import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.wire.RawConnection;

/**
 * Of which keys sizes are asked for before values, so that no reply makes a server hold much. To
 * ask costs a server about as much as the value does: {@code MEMORY USAGE} takes one key.
 */
public enum SizesFirst {
  /** Of none: a server that holds little cannot be made to hold more for one reply. */
  OF_NONE,
  /**
   * Of what is no string: by its allocator's account a server holds no large strings to speak of.
   */
  OF_COLLECTIONS,
  /** Of all. */
  OF_ALL;

  /** What one reply may make a server hold, unless sizes are asked for. */
  static final long MOST_BYTES = 512L * 1024 * 1024;

  /** Of no more keys values are asked for in one command while their sizes are not known. */
  public static final int BATCH_KEYS = 2048;

  /**
   * What a server's data set needs.
   *
   * @param connection over which the server is asked of its allocations where it holds much; what
   *     it refuses to tell may be large
   */
  public static SizesFirst of(ServerInfo info, RawConnection connection) {
    if (info.usedMemoryBytes().orElse(Long.MAX_VALUE) <= MOST_BYTES) {
      return OF_NONE;
    }
    return Allocations.of(connection)
        .filter(held -> held.mostBytesOf(BATCH_KEYS) <= MOST_BYTES)
        .map(held -> OF_COLLECTIONS)
        .orElse(OF_ALL);
  }

  /** What is needed by this server or by another one, of which the same keys are asked. */
  public SizesFirst and(SizesFirst other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
