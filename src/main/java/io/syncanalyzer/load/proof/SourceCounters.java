package io.syncanalyzer.load.proof;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.wire.RedisConnection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a source says it has served since its start.
 *
 * @param runId the server process; empty = hidden
 * @param replica whether it says that it is one, which counts what is replicated to it too
 * @param calls calls by lower-case command name, those that failed while running left out
 * @param errors error replies by first word; empty before Redis 6.2
 */
public record SourceCounters(
    Optional<String> runId, boolean replica, Map<String, Long> calls, Map<String, Long> errors) {
  private static final String COMMAND = "cmdstat_";

  public SourceCounters {
    calls = Map.copyOf(calls);
    errors = Map.copyOf(errors);
  }

  /**
   * Asks the source, on a connection of its own.
   *
   * @throws io.syncanalyzer.redis.RedisFailure with one line if it cannot be asked
   */
  public static SourceCounters read(Endpoint source) {
    try (RedisConnection connection = RedisConnection.open(source)) {
      ServerInfo server = ServerInfo.readSection(connection, "server");
      boolean replica = ServerInfo.readSection(connection, "replication").isReplica();
      ServerInfo commands = ServerInfo.readSection(connection, "commandstats");
      ServerInfo errors = ServerInfo.readSection(connection, "errorstats");
      Map<String, Long> calls = new HashMap<>();
      commands
          .fields()
          .forEach(
              (name, value) -> {
                if (name.startsWith(COMMAND)) {
                  calls.put(
                      name.substring(COMMAND.length()),
                      part(value, "calls") - part(value, "failed_calls"));
                }
              });
      return new SourceCounters(server.runId(), replica, calls, errors.errorReplies());
    }
  }

  private static long part(String value, String name) {
    for (String part : value.split(",", -1)) {
      if (part.startsWith(name + "=") && part.substring(name.length() + 1).matches("\\d{1,18}")) {
        return Long.parseLong(part.substring(name.length() + 1));
      }
    }
    return 0;
  }
}
