package io.syncanalyzer.verify.server;

import io.syncanalyzer.redis.server.ServerInfo;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How many keys the databases of a server hold, by one INFO: read once for all of them, as there
 * may be thousands.
 *
 * @param shown whether INFO tells; where it does not, nothing is known, which is not the same as
 *     none
 * @param databases those that hold keys
 */
public record KeyCounts(boolean shown, Map<Integer, ServerInfo.Keyspace> databases) {
  public KeyCounts {
    databases = Collections.unmodifiableMap(new TreeMap<>(databases));
  }

  public static KeyCounts of(ServerInfo info) {
    Map<Integer, ServerInfo.Keyspace> found = new TreeMap<>();
    info.keyspaces().forEach(keyspace -> found.put(keyspace.database(), keyspace));
    return new KeyCounts(info.showsKeyspaces(), found);
  }

  /** Keys that a database holds; empty where hidden. */
  public OptionalLong keys(int database) {
    ServerInfo.Keyspace known = databases.get(database);
    return shown ? OptionalLong.of(known == null ? 0 : known.keys()) : OptionalLong.empty();
  }

  /** Keys that all of those databases hold; empty where hidden. */
  public OptionalLong keysIn(Collection<Integer> some) {
    return shown
        ? OptionalLong.of(some.stream().mapToLong(one -> keys(one).orElse(0)).sum())
        : OptionalLong.empty();
  }

  /** Keys that all other databases hold; empty where hidden. */
  public OptionalLong keysBeside(Collection<Integer> some) {
    SortedSet<Integer> others = new TreeSet<>(databases.keySet());
    others.removeAll(some);
    return keysIn(others);
  }

  /** Keys of a database that will expire, as far as shown. */
  public long expiring(int database) {
    ServerInfo.Keyspace known = databases.get(database);
    return known == null ? 0 : known.expires();
  }

  /** Whether any key of a database may have an expiry. */
  boolean mayExpire(int database) {
    return !shown || expiring(database) > 0;
  }
}
