package io.syncanalyzer.verify.server;

import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.redis.wire.RawConnection;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How many keys the databases of a server hold, by one INFO: read once for all of them, as there
 * may be thousands. Of some slots, in the database that is selected, a cluster's node counts them;
 * nobody else can.
 *
 * @param shown whether INFO tells; where it does not, nothing is known, which is not the same as
 *     none
 * @param uncounted the database of whose slots nobody counts the keys; null = those asked about are
 *     known, of all databases
 * @param databases those that hold keys; how many expire is told of the whole server
 */
public record KeyCounts(
    boolean shown, @Nullable Integer uncounted, Map<Integer, ServerInfo.Keyspace> databases) {
  public KeyCounts {
    databases = Collections.unmodifiableMap(new TreeMap<>(databases));
  }

  public static KeyCounts of(ServerInfo info) {
    Map<Integer, ServerInfo.Keyspace> found = new TreeMap<>();
    info.keyspaces().forEach(keyspace -> found.put(keyspace.database(), keyspace));
    return new KeyCounts(info.showsKeyspaces(), null, found);
  }

  /** Those of some slots, of a server in a cluster or of another. */
  public static KeyCounts of(RawConnection connection, SlotSet slots) {
    boolean inCluster = connection.endpoint().isInCluster();
    OptionalLong keys = inCluster ? SlotCounts.sum(connection, slots) : OptionalLong.empty();
    KeyCounts all = of(ServerIdentity.infoOf(connection));
    return !inCluster && slots.isAll() ? all : all.withKeys(connection.endpoint().database(), keys);
  }

  /** The same, so many keys in a database; empty = nobody knows. */
  private KeyCounts withKeys(int database, OptionalLong keys) {
    Map<Integer, ServerInfo.Keyspace> found = new TreeMap<>(databases);
    if (keys.isPresent()) {
      found.put(database, new ServerInfo.Keyspace(database, keys.getAsLong(), expiring(database)));
    }
    return new KeyCounts(shown, keys.isPresent() ? null : Integer.valueOf(database), found);
  }

  /** Keys that a database holds; empty where hidden. */
  public OptionalLong keys(int database) {
    ServerInfo.Keyspace known = databases.get(database);
    return isKnown(database)
        ? OptionalLong.of(known == null ? 0 : known.keys())
        : OptionalLong.empty();
  }

  /** Keys that all of those databases hold; empty where hidden. */
  public OptionalLong keysIn(Collection<Integer> some) {
    return shown && some.stream().allMatch(this::isKnown)
        ? OptionalLong.of(some.stream().mapToLong(one -> keys(one).orElse(0)).sum())
        : OptionalLong.empty();
  }

  private boolean isKnown(int database) {
    return shown && (uncounted == null || uncounted != database);
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
