package io.syncanalyzer.redis.topology;

import java.util.Locale;

/** Which nodes of a cluster stand in the replica's place. */
public enum ReplicaRole {
  /** The replicas where source and replica are one cluster, else the primaries. */
  AUTO,
  /** The primaries. */
  PRIMARY,
  /** The replicas. */
  REPLICA;

  /** The word users type. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
