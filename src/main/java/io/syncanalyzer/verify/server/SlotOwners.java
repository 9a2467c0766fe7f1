package io.syncanalyzer.verify.server;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Origin;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.topology.SlotRange;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.redis.wire.RawConnection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a cluster's node has slots, and has them alone: a slot that is on its way lies on two
 * nodes, and each shows some of its keys. What a node says of itself counts, of a replica what its
 * primary says of itself.
 *
 * <p>Source: <a href="https://redis.io/docs/latest/commands/cluster-nodes/">CLUSTER NODES</a>.
 */
public final class SlotOwners {
  private static final int SLOTS_FROM = 8;

  private SlotOwners() {}

  /**
   * Refuses slots that a side does not have alone; a server that is in no cluster has all there
   * are.
   *
   * @throws SlotsMoved which they are
   * @throws RedisFailure if the node, or a replica's primary, does not answer
   */
  public static void require(Endpoint endpoint, SlotSet slots) {
    SlotSet elsewhere = elsewhere(endpoint, slots);
    if (!elsewhere.isEmpty()) {
      throw new SlotsMoved(endpoint, elsewhere);
    }
  }

  /**
   * What it comes to that a node answered that a slot is elsewhere: which are, where that can be
   * seen, else all that were compared.
   */
  public static RuntimeException moved(RedisFailure failed, SlotSet slots) {
    try {
      SlotSet elsewhere = elsewhere(failed.endpoint(), slots);
      return new SlotsMoved(failed.endpoint(), elsewhere.isEmpty() ? slots : elsewhere);
    } catch (RedisFailure notToBeAsked) {
      return new SlotsMoved(failed.endpoint(), slots);
    }
  }

  private static SlotSet elsewhere(Endpoint endpoint, SlotSet slots) {
    if (!endpoint.isInCluster()) {
      return SlotSet.NONE;
    }
    List<Line> seen = lines(endpoint);
    Line own = myself(seen).orElseThrow(() -> notTold(endpoint));
    if (!endpoint.isClusterReplica()) {
      return own.isPrimary() ? slots.without(own.alone()) : slots;
    }
    Map<String, Line> byId = new HashMap<>();
    seen.forEach(line -> byId.put(line.id(), line));
    Line primary = byId.get(own.primary());
    if (own.isPrimary() || primary == null) {
      return slots;
    }
    return slots.without(
        myself(lines(primary.endpoint(endpoint))).orElseThrow(() -> notTold(endpoint)).alone());
  }

  private static RedisFailure notTold(Endpoint endpoint) {
    return new RedisFailure(
        RedisFailure.Kind.PROTOCOL,
        endpoint,
        endpoint + " does not tell in CLUSTER NODES which node it is itself",
        null);
  }

  private static Optional<Line> myself(List<Line> lines) {
    return lines.stream().filter(line -> line.flags().contains("myself")).findFirst();
  }

  private static List<Line> lines(Endpoint node) {
    try (RawConnection connection = RawConnection.open(node)) {
      return connection.expect("CLUSTER", "NODES") instanceof Reply.Text text
          ? parse(text.bytes().asUtf8())
          : List.of();
    }
  }

  /** The lines of CLUSTER NODES. */
  static List<Line> parse(String text) {
    return text.lines().filter(line -> !line.isBlank()).map(Line::parse).toList();
  }

  /**
   * A node as another sees it.
   *
   * @param address {@code host:port@busport,hostname}; the host is empty where it is the one that
   *     was asked
   * @param primary the id of whom it follows; {@code -} where nobody
   * @param alone the slots that it owns and that are not on their way; known of the node itself
   */
  record Line(String id, String address, List<String> flags, String primary, SlotSet alone) {
    static Line parse(String line) {
      String[] words = line.split(" ", -1);
      List<SlotRange> owned = new ArrayList<>();
      List<SlotRange> moving = new ArrayList<>();
      for (int i = SLOTS_FROM; i < words.length; i++) {
        if (words[i].startsWith("[")) {
          int slot = Integer.parseInt(words[i].substring(1, words[i].indexOf('-')));
          moving.add(new SlotRange(slot, slot));
        } else if (!words[i].isEmpty()) {
          owned.addAll(SlotSet.parse(words[i]).ranges());
        }
      }
      return new Line(
          words[0],
          words[1],
          Arrays.asList(words[2].split(",", -1)),
          words[3],
          SlotSet.of(owned).without(SlotSet.of(moving)));
    }

    boolean isPrimary() {
      return flags.contains("master");
    }

    /** How it is reached as the primary of a replica. */
    Endpoint endpoint(Endpoint replica) {
      Origin.Node origin = (Origin.Node) replica.origin();
      String reached = origin.reached(address);
      int colon = reached.lastIndexOf(':');
      String host = reached.substring(0, colon).replaceAll("[\\[\\]]", "");
      return replica
          .at(
              host.isEmpty() ? replica.host() : host,
              Integer.parseInt(reached.substring(colon + 1)))
          .from(new Origin.Node(Origin.Part.PRIMARY, origin.seeds(), origin.nodes()));
    }
  }
}
