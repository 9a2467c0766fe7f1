package io.syncanalyzer.redis.topology;

import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.topology.ClusterNode.Health;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what a node before 7.0 answers to CLUSTER SLOTS, which does not tell how others fare, and
 * from CLUSTER NODES which of them have failed.
 *
 * <p>Sources: <a href="https://redis.io/docs/latest/commands/cluster-slots/">CLUSTER SLOTS</a>, <a
 * href="https://redis.io/docs/latest/commands/cluster-nodes/">CLUSTER NODES</a>.
 */
final class SlotsReply {
  private static final Set<String> GONE = Set.of("fail", "noaddr", "handshake");

  private SlotsReply() {}

  /**
   * The shards that own slots.
   *
   * @param slots the answer to CLUSTER SLOTS
   * @param nodes that to CLUSTER NODES
   */
  static List<ShardView> read(Reply slots, String nodes, NodeAddresses addresses) {
    Set<String> failed = failed(nodes);
    Map<String, ShardView> shards = new LinkedHashMap<>();
    for (Reply each : ReplyFields.items(slots)) {
      List<Reply> parts = ReplyFields.items(each);
      if (parts.size() < 3) {
        continue;
      }
      SlotSet range =
          SlotSet.of(
              new SlotRange(ReplyFields.number(parts.get(0)), ReplyFields.number(parts.get(1))));
      List<ClusterNode> members = new ArrayList<>();
      for (int i = 2; i < parts.size(); i++) {
        node(ReplyFields.items(parts.get(i)), i == 2, failed, addresses).ifPresent(members::add);
      }
      if (!members.isEmpty() && members.get(0).primary()) {
        shards.merge(
            members.get(0).id(),
            new ShardView(members.get(0), members.subList(1, members.size()), range),
            (first, second) ->
                new ShardView(first.primary(), first.replicas(), first.slots().or(second.slots())));
      }
    }
    return List.copyOf(shards.values());
  }

  private static Optional<ClusterNode> node(
      List<Reply> parts, boolean primary, Set<String> failed, NodeAddresses addresses) {
    if (parts.size() < 3) {
      return Optional.empty();
    }
    int port = ReplyFields.number(parts.get(1));
    if (port < 1 || port > 65535) {
      return Optional.empty();
    }
    String ip = parts.size() > 3 ? ReplyFields.of(parts.get(3)).text("ip") : "";
    String announced =
        addresses.announced(addresses.host(ReplyFields.text(parts.get(0)), ip), port);
    String id = ReplyFields.text(parts.get(2));
    return Optional.of(
        new ClusterNode(
            id,
            announced,
            addresses.endpoint(announced),
            primary,
            failed.contains(id) ? Health.FAILED : Health.ONLINE));
  }

  /** The ids of those that have failed, or are not known well enough to be talked to. */
  private static Set<String> failed(String nodes) {
    Set<String> failed = new HashSet<>();
    nodes
        .lines()
        .map(line -> line.split(" ", -1))
        .filter(words -> words.length > 2)
        .filter(words -> Arrays.stream(words[2].split(",", -1)).anyMatch(GONE::contains))
        .forEach(words -> failed.add(words[0]));
    return failed;
  }
}
