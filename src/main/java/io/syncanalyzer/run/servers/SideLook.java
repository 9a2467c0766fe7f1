package io.syncanalyzer.run.servers;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Origin;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.result.SideReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A server of a side as it was asked: its INFO, its key count, and what it can do. */
record SideLook(Endpoint endpoint, ServerInfo info, OptionalLong keys, boolean knowsExpiry) {
  static SideLook ask(Endpoint endpoint) {
    try (RedisConnection connection = RedisConnection.open(endpoint)) {
      ServerInfo info = ServerInfo.readLoaded(connection);
      OptionalLong keys =
          info.showsKeyspaces()
              ? info.keysInAll()
              : connection.call("DBSIZE") instanceof Reply.Int size
                  ? OptionalLong.of(size.value())
                  : OptionalLong.empty();
      boolean knowsExpiry =
          connection.call("COMMAND", "INFO", "PEXPIRETIME") instanceof Reply.Items known
              && known.list().size() == 1
              && known.list().get(0) instanceof Reply.Items;
      return new SideLook(endpoint, info, keys, knowsExpiry);
    }
  }

  private String role() {
    return info.isReplica() ? "replica" : info.isActiveReplica() ? "active replica" : "source";
  }

  /** The address that it follows; empty where it is no replica. */
  Optional<String> follows() {
    return info.followsHost()
        .map(
            host ->
                host
                    + ":"
                    + (info.followsPort().isPresent() ? info.followsPort().getAsLong() : "?"));
  }

  /**
   * For the run's files.
   *
   * @param server which binary was started for it; null where none was
   * @param named what the user named, of a cluster's node
   * @param slots which of the cluster's slots it holds
   */
  SideReport report(@Nullable String server, String named, SlotSet slots) {
    List<String> capabilities = new ArrayList<>();
    capabilities.add(
        info.replicationOffset().isPresent() && info.replicationId().isPresent()
            ? "shows replication offsets"
            : "shows no replication offsets");
    capabilities.add(knowsExpiry ? "knows absolute expiry" : "knows only the time left to expiry");
    return new SideReport(
        endpoint.side(),
        endpoint.display(),
        info.product(),
        server,
        info.role().map(role -> role()).orElse(null),
        info.linkStatus().orElse(null),
        follows().orElse(null),
        info.replicationId().orElse(null),
        boxed(info.replicationOffset()),
        boxed(keys),
        info.showsKeyspaces()
            ? info.keyspaces().stream().mapToLong(ServerInfo.Keyspace::expires).sum()
            : null,
        boxed(info.usedMemoryBytes()),
        capabilities,
        null,
        null,
        endpoint.isInCluster()
            ? named
            : endpoint.origin() instanceof Origin.Service ? endpoint.named() : null,
        endpoint.isInCluster() ? slots.toString() : null);
  }

  private static @Nullable Long boxed(OptionalLong value) {
    return value.isPresent() ? Long.valueOf(value.getAsLong()) : null;
  }
}
