package io.syncanalyzer.verify.partition;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Origin;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.verify.server.ServerIdentity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The nodes themselves, over connections of their own. */
public final class ClusterNodes implements Nodes {
  /** Between a slot and who takes it or gives it away, in CLUSTER NODES. */
  private static final String TO = "->-";

  private static final Pattern ON_ITS_WAY =
      Pattern.compile("\\[(\\d{1,5})(" + TO + "|-<-)([^\\]]*)\\]?");

  @Override
  public ServerInfo info(Endpoint node) {
    return ServerIdentity.infoOf(node);
  }

  @Override
  public List<Bytes> names(Endpoint node, int slot) {
    List<Bytes> names = new ArrayList<>();
    try (RedisConnection connection = RedisConnection.open(node)) {
      String number = Integer.toString(slot);
      Reply count = connection.expect("CLUSTER", "COUNTKEYSINSLOT", number);
      String all = Long.toString(count instanceof Reply.Int known ? known.value() : 0);
      if (connection.expect("CLUSTER", "GETKEYSINSLOT", number, all) instanceof Reply.Items items) {
        for (Reply item : items.list()) {
          if (item instanceof Reply.Text name) {
            names.add(name.bytes());
          }
        }
      }
    }
    return names;
  }

  @Override
  public Map<Integer, SlotMove> moving(Endpoint node) {
    try (RedisConnection connection = RedisConnection.open(node)) {
      return connection.expect("CLUSTER", "NODES") instanceof Reply.Text text
          ? moving(node, text.bytes().asUtf8())
          : Map.of();
    }
  }

  /**
   * Reads the answer to CLUSTER NODES: the node's own line ends with its slots, and with {@code
   * [slot->-id]} of one that it gives away and {@code [slot-<-id]} of one that it takes.
   */
  static Map<Integer, SlotMove> moving(Endpoint node, String nodes) {
    Map<Integer, SlotMove> moving = new HashMap<>();
    for (String line : nodes.split("\n", -1)) {
      String[] words = line.trim().split(" ", -1);
      if (words.length > 2 && words[2].contains("myself")) {
        for (String word : words) {
          Matcher way = ON_ITS_WAY.matcher(word);
          if (way.matches()) {
            other(node, nodes, way.group(3))
                .map(
                    other ->
                        way.group(2).equals(TO)
                            ? new SlotMove(node, other)
                            : new SlotMove(other, node))
                .ifPresent(move -> moving.put(Integer.valueOf(way.group(1)), move));
          }
        }
      }
    }
    return moving;
  }

  /** Where the node of that id is reached. */
  private static Optional<Endpoint> other(Endpoint node, String nodes, String id) {
    for (String line : nodes.split("\n", -1)) {
      String[] words = line.trim().split(" ", -1);
      if (words.length > 2 && words[0].equals(id)) {
        return Optional.ofNullable(reached(node, words[1]));
      }
    }
    return Optional.empty();
  }

  /** {@code host:port@busport,hostname} as an endpoint. */
  private static @Nullable Endpoint reached(Endpoint node, String told) {
    int end = told.indexOf('@');
    String reachable =
        node.origin() instanceof Origin.Node origin
            ? origin.reached(told)
            : told.substring(0, end < 0 ? told.length() : end);
    int colon = reachable.lastIndexOf(':');
    if (colon < 0) {
      return null;
    }
    String host = reachable.substring(0, colon);
    return node.at(
        host.isEmpty() ? node.host() : host, Integer.parseInt(reachable.substring(colon + 1)));
  }
}
