package io.syncanalyzer.redis.topology;

import java.util.Locale;

/** What a side is taken for. */
public enum TopologyChoice {
  /** What the server says of itself. */
  AUTO,
  /** One server, whatever it belongs to: of a cluster's node its own slots alone. */
  SINGLE,
  /** A Redis Cluster; another server is refused. */
  CLUSTER;

  /** The word users type. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
