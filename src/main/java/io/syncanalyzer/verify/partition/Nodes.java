package io.syncanalyzer.verify.partition;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.server.ServerInfo;
import java.util.List;
import java.util.Map;

/**
 * What nodes are asked beside the verification of their keys. Each throws a {@link
 * io.syncanalyzer.redis.RedisFailure} where a node is lost or refuses. For any thread.
 */
public interface Nodes {
  /** What it says of itself. */
  ServerInfo info(Endpoint node);

  /** The names of the keys that it has in a slot. */
  List<Bytes> names(Endpoint node, int slot);

  /** From where to where slots of that node are being moved, by slot; those not in it lie still. */
  Map<Integer, SlotMove> moving(Endpoint node);
}
