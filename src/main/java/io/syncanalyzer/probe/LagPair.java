package io.syncanalyzer.probe;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.topology.Layout;
import io.syncanalyzer.redis.topology.ShardPair;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.sentinel.SlotTag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A server of the source, and those on which sentinels that are written to it are watched: all of
 * them hold the same slots, so that each write arrives at each. Order holds within such a pair
 * alone, so each has lanes and observers of its own.
 *
 * @param source where its sentinels are written
 * @param replicas where their arrival is watched, one or more
 * @param names what each of {@code replicas} is told by; empty where there is but one to speak of
 * @param slots what all of them hold
 */
public record LagPair(Endpoint source, List<Endpoint> replicas, List<String> names, SlotSet slots) {
  public LagPair {
    Objects.requireNonNull(source, "source is null");
    replicas = List.copyOf(replicas);
    names = List.copyOf(names);
    if (replicas.isEmpty()) {
      throw new IllegalArgumentException("no replica is given; lag needs at least one");
    }
    if (replicas.size() != names.size()) {
      throw new IllegalArgumentException(replicas.size() + " replicas, " + names.size() + " names");
    }
    if (slots.isEmpty()) {
      throw new IllegalArgumentException(source + " shares no slot with " + replicas);
    }
  }

  /** That of servers of which none is in a cluster. */
  public static LagPair of(Endpoint source, List<Endpoint> replicas) {
    return new LagPair(
        source,
        replicas,
        replicas.stream().map(each -> replicas.size() > 1 ? each.address() : "").toList(),
        SlotSet.ALL);
  }

  /**
   * Those of a layout, by the source's shards: the slots of each are parted where another server of
   * a replica begins. A shard that no replica has is in none.
   */
  public static List<LagPair> of(Layout layout) {
    Map<String, List<Part>> bySource = new LinkedHashMap<>();
    // A cluster's own replicas, the first of each shard, the second, are one to speak of.
    boolean several =
        layout.replicas().stream().map(one -> one.seed().address()).distinct().count() > 1;
    for (int replica = 0; replica < layout.replicas().size(); replica++) {
      String name = several ? layout.replicas().get(replica).seed().address() : "";
      for (ShardPair pair : layout.pairs(replica)) {
        List<Part> parts =
            bySource.computeIfAbsent(pair.source().address(), none -> new ArrayList<>());
        add(parts, pair, name);
      }
    }
    return bySource.values().stream().flatMap(List::stream).map(Part::pair).toList();
  }

  /** Some slots of a source's server, with those that are known to hold all of them. */
  private record Part(Endpoint source, SlotSet slots, List<Endpoint> replicas, List<String> names) {
    Part in(SlotSet others) {
      return new Part(source, others, replicas, names);
    }

    Part with(Endpoint replica, String name) {
      List<Endpoint> more = new ArrayList<>(replicas);
      more.add(replica);
      List<String> moreNames = new ArrayList<>(names);
      moreNames.add(name);
      return new Part(source, slots, more, moreNames);
    }

    LagPair pair() {
      return new LagPair(source, replicas, names, slots);
    }
  }

  private static void add(List<Part> parts, ShardPair pair, String name) {
    SlotSet left = pair.slots();
    List<Part> now = new ArrayList<>();
    for (Part part : parts) {
      SlotSet both = part.slots().and(left);
      SlotSet alone = part.slots().without(left);
      left = left.without(part.slots());
      if (!both.isEmpty()) {
        now.add(part.in(both).with(pair.replica(), name));
      }
      if (!alone.isEmpty()) {
        now.add(part.in(alone));
      }
    }
    if (!left.isEmpty()) {
      now.add(new Part(pair.source(), left, List.of(), List.of()).with(pair.replica(), name));
    }
    parts.clear();
    parts.addAll(now);
  }

  /** What its rows are told by: the source's {@code host:port}. */
  public String shard() {
    return source.address();
  }

  /** The hash tag of its keys, in braces; empty where nobody is in a cluster. */
  String tag() {
    return SlotTag.of(new ShardPair(source, replicas.get(0), slots));
  }

  /** The slot in which its sentinels lie. */
  SlotSet slot() {
    int slot = slots.middle();
    return SlotSet.parse(Integer.toString(slot));
  }
}
