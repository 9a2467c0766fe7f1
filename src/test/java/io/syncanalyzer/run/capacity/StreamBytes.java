package io.syncanalyzer.run.capacity;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.wire.RedisConnection;
import java.util.List;
import java.util.Map;

/**
 * What commands come to in the stream to the replicas: counted by the source itself between two
 * moments.
 *
 * @param bytes that its replication offset grew by
 * @param writes of these commands that it carried out
 */
record StreamBytes(long bytes, long writes) {
  /** The counts so far. */
  static StreamBytes at(Endpoint source, List<String> commands) {
    try (RedisConnection connection = RedisConnection.open(source)) {
      Map<String, Long> calls = ServerInfo.readSection(connection, "commandstats").commandCalls();
      long writes = commands.stream().mapToLong(name -> calls.getOrDefault(name, 0L)).sum();
      long offset =
          ServerInfo.readSection(connection, "replication").replicationOffset().orElseThrow();
      return new StreamBytes(offset, writes);
    }
  }

  StreamBytes since(StreamBytes before) {
    return new StreamBytes(bytes - before.bytes, writes - before.writes);
  }

  double bytesPerWrite() {
    return (double) bytes / writes;
  }
}
