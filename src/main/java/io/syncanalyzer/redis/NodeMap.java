package io.syncanalyzer.redis;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the addresses that a cluster announces are reached from here: {@code --node-map}.
 * Immutable.
 *
 * @param reachable {@code host:port} by announced {@code host:port}
 */
public record NodeMap(Map<String, String> reachable) {
  /** Every node is reached where it says that it is. */
  public static final NodeMap NONE = new NodeMap(Map.of());

  public NodeMap {
    reachable = Map.copyOf(new LinkedHashMap<>(reachable));
  }

  /** Where a node is reached; where it says that it is unless the map knows better. */
  public String of(String announced) {
    return reachable.getOrDefault(announced, announced);
  }
}
