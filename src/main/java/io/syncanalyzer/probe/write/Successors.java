package io.syncanalyzer.probe.write;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.redis.topology.Topologies;

/** Tells where a server is now whose place another may have taken. For any thread. */
@FunctionalInterface
public interface Successors {
  /** Whoever says so: the cluster's nodes, or the Sentinels. */
  Successors OF_TOPOLOGY = Topologies::find;

  /**
   * Who is in its place.
   *
   * @param slots that it held
   * @throws io.syncanalyzer.redis.RedisFailure if nobody is, or nobody says so
   */
  Endpoint find(Endpoint lost, SlotSet slots);
}
