package io.syncanalyzer.redis.topology;

import io.syncanalyzer.redis.Endpoint;
import java.util.Objects;

/**
 * A node as one of its cluster told of it.
 *
 * @param id its name in the cluster
 * @param announced where it says that it is, {@code host:port}
 * @param endpoint where it is reached from here
 * @param primary whether it owns slots rather than follow another
 * @param health how it fares
 */
record ClusterNode(String id, String announced, Endpoint endpoint, boolean primary, Health health) {
  ClusterNode {
    Objects.requireNonNull(endpoint, "endpoint is null");
    Objects.requireNonNull(health, "health is null");
  }

  /** How a node fares, as the others see it. */
  enum Health {
    ONLINE,
    /** A replica of which the one that was asked knows no offset yet. */
    LOADING,
    FAILED
  }

  boolean isFailed() {
    return health == Health.FAILED;
  }
}
