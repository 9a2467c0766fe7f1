package io.syncanalyzer.redis.server;

/**
 * Whose server answers, by what INFO shows that no other's does, and what of Redis does not hold
 * there.
 *
 * <p>All of them show a {@code redis_version}, that of the Redis whose commands they know, so it
 * tells nothing. Sources: the servers' own texts of INFO ({@code src/server/server_family.cc} of <a
 * href="https://github.com/dragonflydb/dragonfly">Dragonfly</a>, {@code src/server/server.cc} of <a
 * href="https://github.com/apache/kvrocks">Kvrocks</a>, {@code src/server.cpp} of <a
 * href="https://github.com/Snapchat/KeyDB">KeyDB</a>).
 */
public enum ServerProduct {
  /** Redis, and whatever says nothing else of itself. */
  REDIS("Redis", "redis_version"),
  /** A fork that keeps to all that Redis 7.2 does. */
  VALKEY("Valkey", "valkey_version"),
  /** A proxy before shards, which hides what single shards count. */
  REDIS_ENTERPRISE("Redis Enterprise", "redis_version"),
  /** A fork of Redis 6.2 with several threads; may be two-way. */
  KEYDB("KeyDB", "redis_version"),
  /** Shares nothing with Redis but the protocol; each of its threads replicates for itself. */
  DRAGONFLY("Dragonfly", "dragonfly_version"),
  /** Keeps its data on disk, in RocksDB. */
  KVROCKS("Kvrocks", "kvrocks_version");

  private final String label;
  private final String versionField;

  ServerProduct(String label, String versionField) {
    this.label = label;
    this.versionField = versionField;
  }

  /** Whose server that is. */
  public static ServerProduct of(ServerInfo info) {
    if (info.field("dragonfly_version").isPresent()) {
      return DRAGONFLY;
    }
    if (info.field("kvrocks_version").isPresent()) {
      return KVROCKS;
    }
    if (info.field("valkey_version").isPresent()) {
      return VALKEY;
    }
    if (info.field("rlec_version").isPresent()) {
      return REDIS_ENTERPRISE;
    }
    boolean keydb =
        info.field("mvcc_depth").isPresent()
            || info.field("executable").filter(path -> path.contains("keydb")).isPresent();
    return keydb ? KEYDB : REDIS;
  }

  /** As people call it. */
  public String label() {
    return label;
  }

  /** Its own version; {@code unknown} where it shows none. */
  String version(ServerInfo info) {
    return info.field(versionField).orElse("unknown");
  }

  /**
   * Whether the keys that INFO shows by database are those that there are now. Kvrocks shows what
   * the last {@code DBSIZE SCAN} counted, and none before the first (<a
   * href="https://kvrocks.apache.org/docs/faq">FAQ</a>).
   */
  boolean showsKeysOfNow() {
    return this != KVROCKS;
  }

  /**
   * Whether the part of CPU seconds after the point is a count of microseconds, without the zeros
   * before it: 5 s and 42 us are {@code 5.42}.
   */
  boolean showsMicrosAfterThePoint() {
    return this == DRAGONFLY;
  }

  /**
   * Whether WATCH notices whatever becomes of a key. That of Kvrocks notices the commands of
   * clients that name it, but neither that it expires nor what comes by replication.
   */
  public boolean watchNoticesAll() {
    return this != KVROCKS;
  }

  /**
   * Whether a replica of this same product applies writes in the order of its source. Each thread
   * of Dragonfly sends its part of the keys by a connection of its own, and only the order within
   * one is kept (<a
   * href="https://www.dragonflydb.io/docs/managing-dragonfly/replication">Replication</a>).
   */
  public boolean keepsOneOrder() {
    return this != DRAGONFLY;
  }

  /** Whether one thread carries out all commands, so that its CPU is what they cost. */
  public boolean servesByOneThread() {
    return this == REDIS || this == VALKEY || this == REDIS_ENTERPRISE;
  }

  /** The longest time to live that it keeps, in words; empty where there is no such limit. */
  public String longestExpiry() {
    return this == DRAGONFLY ? "8.5 years at most" : "";
  }
}
