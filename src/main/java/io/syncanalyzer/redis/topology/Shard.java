package io.syncanalyzer.redis.topology;

import io.syncanalyzer.redis.Endpoint;
import java.util.List;
import java.util.Objects;

/**
 * A part of a topology: who owns some slots, and who follows it.
 *
 * @param primary takes the writes
 * @param replicas those that follow it and are there, by address; may be none
 * @param slots which slots it owns
 */
public record Shard(Endpoint primary, List<Endpoint> replicas, SlotSet slots) {
  public Shard {
    Objects.requireNonNull(primary, "primary is null");
    Objects.requireNonNull(slots, "slots is null");
    replicas = List.copyOf(replicas);
  }
}
