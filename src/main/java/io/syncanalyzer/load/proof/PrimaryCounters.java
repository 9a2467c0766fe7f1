package io.syncanalyzer.load.proof;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.topology.Topology;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What every primary of a source counted from before a load to after it, added up. A source that is
 * in no cluster is the sum of one.
 *
 * <p>A primary that is lost, begun anew or a replica by then is left out of the sum, and {@link
 * #losses} says so: its own counts are gone, or count what was replicated to it too, and so do
 * those of the replica that took its place. A sum with a loss proves nothing.
 *
 * @param before the sum ahead of the load, of those that are still there
 * @param after the sum after it
 * @param shards of each that is still there its own two
 * @param losses a line for each that is not
 */
public record PrimaryCounters(
    SourceCounters before, SourceCounters after, Map<String, Counted> shards, List<String> losses) {
  /**
   * Of one primary.
   *
   * @param before ahead of the load
   * @param after after it
   */
  public record Counted(SourceCounters before, SourceCounters after) {}

  public PrimaryCounters {
    losses = List.copyOf(losses);
  }

  /**
   * Asks each primary ahead of a load.
   *
   * @throws RedisFailure with one line if one cannot be asked
   */
  public static Map<Endpoint, SourceCounters> read(Topology source) {
    Map<Endpoint, SourceCounters> read = new LinkedHashMap<>();
    source.primaries().forEach(primary -> read.put(primary, SourceCounters.read(primary)));
    return read;
  }

  /**
   * Asks each again, and adds up.
   *
   * @throws RedisFailure with one line if one is there and does not answer
   */
  public static PrimaryCounters since(Map<Endpoint, SourceCounters> before) {
    return compared(before, SourceCounters::read);
  }

  static PrimaryCounters compared(
      Map<Endpoint, SourceCounters> before, Function<Endpoint, SourceCounters> ask) {
    Map<String, Counted> shards = new LinkedHashMap<>();
    List<String> losses = new ArrayList<>();
    before.forEach(
        (primary, then) -> {
          try {
            SourceCounters now = ask.apply(primary);
            Optional<String> loss = loss(primary, then, now);
            loss.ifPresent(losses::add);
            if (loss.isEmpty()) {
              shards.put(primary.address(), new Counted(then, now));
            }
          } catch (RedisFailure e) {
            // The only server of a source says best itself what is wrong with it.
            if (before.size() == 1 || !e.isConnectionLoss()) {
              throw e;
            }
            losses.add("failover: the primary " + primary.address() + " is gone");
          }
        });
    return new PrimaryCounters(
        sum(shards.values().stream().map(Counted::before).toList()),
        sum(shards.values().stream().map(Counted::after).toList()),
        shards,
        losses);
  }

  private static Optional<String> loss(Endpoint primary, SourceCounters then, SourceCounters now) {
    if (!then.replica() && now.replica()) {
      return Optional.of("failover: the primary " + primary.address() + " is a replica by now");
    }
    boolean restarted =
        then.runId().isPresent() && now.runId().isPresent() && !then.runId().equals(now.runId());
    return restarted
        ? Optional.of(
            (primary.isInCluster() ? "the primary " + primary.address() : "the source")
                + " restarted during the load, so nothing it wrote is proved")
        : Optional.empty();
  }

  private static SourceCounters sum(List<SourceCounters> all) {
    Map<String, Long> calls = new HashMap<>();
    Map<String, Long> errors = new TreeMap<>();
    for (SourceCounters one : all) {
      one.calls().forEach((name, count) -> calls.merge(name, count, Long::sum));
      one.errors().forEach((kind, count) -> errors.merge(kind, count, Long::sum));
    }
    return new SourceCounters(Optional.empty(), false, calls, errors);
  }

  /** Why the sum proves nothing, one line; empty where it may. */
  public Optional<String> loss() {
    return losses.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", losses));
  }
}
