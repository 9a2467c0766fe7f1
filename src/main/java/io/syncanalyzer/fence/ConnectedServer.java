package io.syncanalyzer.fence;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.topology.HashSlot;
import io.syncanalyzer.redis.topology.SlotRange;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.redis.topology.Topologies;
import io.syncanalyzer.redis.wire.RedisConnection;
import java.util.List;

/** A server that a fence is connected to. */
record ConnectedServer(RedisConnection connection) implements FenceServer {
  static ConnectedServer open(Endpoint endpoint) {
    return new ConnectedServer(RedisConnection.open(endpoint));
  }

  @Override
  public Endpoint endpoint() {
    return connection.endpoint();
  }

  @Override
  public ServerInfo replication() {
    return ServerInfo.readSection(connection, "replication");
  }

  @Override
  public Reply call(String command, String... arguments) {
    return connection.call(command, arguments);
  }

  @Override
  public Reply lastOf(List<List<String>> commands) {
    for (List<String> command : commands) {
      byte[][] arguments =
          command.stream()
              .skip(1)
              .map(argument -> Bytes.utf8(argument).array())
              .toArray(byte[][]::new);
      connection.send(RedisConnection.Command.of(command.get(0)), arguments);
    }
    connection.flush();
    Reply last = new Reply.Nil();
    for (int i = 0; i < commands.size(); i++) {
      last = connection.receive();
    }
    return last;
  }

  @Override
  public RedisFailure refused(String command, Reply.Failed failed) {
    return connection.refused(command, failed);
  }

  @Override
  public void keepAwake() {
    connection.keepAwake();
  }

  @Override
  public FenceServer again() {
    return open(endpoint());
  }

  @Override
  public FenceServer ownerOf(String key) {
    int slot = HashSlot.of(Bytes.utf8(key));
    return open(Topologies.find(endpoint(), SlotSet.of(new SlotRange(slot, slot))));
  }

  @Override
  public void close() {
    connection.close();
  }
}
