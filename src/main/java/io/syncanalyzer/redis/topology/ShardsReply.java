package io.syncanalyzer.redis.topology;

import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.topology.ClusterNode.Health;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what a node answers to CLUSTER SHARDS.
 *
 * <p>Source: <a href="https://redis.io/docs/latest/commands/cluster-shards/">CLUSTER SHARDS</a>. An
 * endpoint is nil or empty where the host that was asked is meant, and {@code ?} where host names
 * are announced and the node has none.
 */
final class ShardsReply {
  private ShardsReply() {}

  /** The shards that own slots. */
  static List<ShardView> read(Reply reply, NodeAddresses addresses) {
    List<ShardView> shards = new ArrayList<>();
    for (Reply each : ReplyFields.items(reply)) {
      ReplyFields shard = ReplyFields.of(each);
      List<ClusterNode> nodes =
          shard.list("nodes").stream()
              .map(node -> node(ReplyFields.of(node), addresses))
              .flatMap(Optional::stream)
              .toList();
      SlotSet slots = slots(shard.list("slots"));
      primary(nodes)
          .filter(primary -> !slots.isEmpty())
          .ifPresent(
              primary ->
                  shards.add(
                      new ShardView(
                          primary,
                          nodes.stream().filter(node -> !node.primary()).toList(),
                          slots)));
    }
    return shards;
  }

  /** After a failover the failed primary still calls itself one, until it is back. */
  private static Optional<ClusterNode> primary(List<ClusterNode> nodes) {
    List<ClusterNode> primaries = nodes.stream().filter(ClusterNode::primary).toList();
    return primaries.stream()
        .filter(node -> !node.isFailed())
        .findFirst()
        .or(() -> primaries.stream().findFirst());
  }

  private static Optional<ClusterNode> node(ReplyFields node, NodeAddresses addresses) {
    int tlsPort = node.number("tls-port");
    int port = addresses.asked().tls().isPresent() && tlsPort > 0 ? tlsPort : node.number("port");
    if (port < 1 || port > 65535) {
      return Optional.empty();
    }
    String announced =
        addresses.announced(addresses.host(node.text("endpoint"), node.text("ip")), port);
    return Optional.of(
        new ClusterNode(
            node.text("id"),
            announced,
            addresses.endpoint(announced),
            node.text("role").equals("master"),
            health(node.text("health"))));
  }

  private static Health health(String word) {
    return switch (word) {
      case "loading" -> Health.LOADING;
      case "fail", "failed" -> Health.FAILED;
      default -> Health.ONLINE;
    };
  }

  private static SlotSet slots(List<Reply> bounds) {
    List<SlotRange> ranges = new ArrayList<>();
    for (int i = 0; i + 1 < bounds.size(); i += 2) {
      ranges.add(
          new SlotRange(ReplyFields.number(bounds.get(i)), ReplyFields.number(bounds.get(i + 1))));
    }
    return SlotSet.of(ranges);
  }
}
