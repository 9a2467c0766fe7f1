package io.syncanalyzer.verify.partition;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.NodeMap;
import io.syncanalyzer.redis.Origin;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.topology.ShardPair;
import io.syncanalyzer.redis.topology.SlotSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Nodes that say what a test has them say. */
final class PartitionNodes implements Nodes {
  final Map<String, String> runIds = new ConcurrentHashMap<>();

  /** How many keys a node says that it holds; one that is not here hides it. */
  final Map<String, Long> keys = new ConcurrentHashMap<>();

  final Map<String, Long> writes = new ConcurrentHashMap<>();

  /** Those that have answered: a first answer, by which partitions are planned, tells no counts. */
  private final java.util.Set<String> answered = ConcurrentHashMap.newKeySet();

  /** Whose writes nobody is told. */
  final java.util.Set<String> hiding = ConcurrentHashMap.newKeySet();

  final Map<String, List<String>> names = new ConcurrentHashMap<>();
  final Map<String, SlotMove> moves = new ConcurrentHashMap<>();
  final java.util.Set<String> gone = ConcurrentHashMap.newKeySet();

  /** A node of a cluster, or with {@code single} a server that is in none. */
  static Endpoint node(Side side, int port) {
    Origin origin = new Origin.Node(Origin.Part.PRIMARY, List.of("h:1"), NodeMap.NONE);
    return single(side, port).from(origin);
  }

  static Endpoint single(Side side, int port) {
    return Endpoint.parse(side, "redis://h:" + port);
  }

  static Endpoint source(int port) {
    return node(Side.SOURCE, port);
  }

  static Endpoint replica(int port) {
    return node(Side.REPLICA, port);
  }

  static ShardPair pair(int source, int replica, String slots) {
    return new ShardPair(source(source), replica(replica), SlotSet.parse(slots));
  }

  @Override
  public ServerInfo info(Endpoint node) {
    if (gone.contains(node.address())) {
      throw new RedisFailure(RedisFailure.Kind.REFUSED, node, "the " + node + " is gone", null);
    }
    return ServerInfo.parse(
        "# Server\r\nrun_id:"
            + runIds.getOrDefault(node.address(), "id of " + node.address())
            + "\r\nrole:master\r\ntotal_commands_processed:7\r\nserver_time_usec:9000000\r\n"
            + (answered.add(node.address()) || hiding.contains(node.address())
                ? ""
                : "rdb_last_save_time:1\r\nrdb_changes_since_last_save:"
                    + writes.getOrDefault(node.address(), 0L)
                    + "\r\n")
            + (keys.containsKey(node.address())
                ? "# Keyspace\r\ndb0:keys=" + keys.get(node.address()) + ",expires=0,avg_ttl=0\r\n"
                : ""));
  }

  @Override
  public List<Bytes> names(Endpoint node, int slot) {
    return names.getOrDefault(node.address() + " " + slot, List.of()).stream()
        .map(Bytes::utf8)
        .toList();
  }

  @Override
  public Map<Integer, SlotMove> moving(Endpoint node) {
    String own = node.address() + " ";
    Map<Integer, SlotMove> ofNode = new HashMap<>();
    moves.forEach(
        (key, move) -> {
          if (key.startsWith(own)) {
            ofNode.put(Integer.valueOf(key.substring(own.length())), move);
          }
        });
    return ofNode;
  }
}
