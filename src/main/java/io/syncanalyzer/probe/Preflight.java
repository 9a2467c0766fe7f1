package io.syncanalyzer.probe;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisConnection;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.sentinel.SentinelCodec;
import io.syncanalyzer.sentinel.SentinelCommand;
import io.syncanalyzer.sentinel.SentinelType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Tries once, before anything is measured, what the session will do a thousand times a second. */
final class Preflight {
  private Preflight() {}

  /**
   * Writes a sentinel of each type to the source and removes it.
   *
   * @throws io.syncanalyzer.redis.RedisFailure naming the command that is refused
   */
  static void source(Endpoint source, String runId, List<SentinelType> types) {
    try (RedisConnection connection = RedisConnection.open(source)) {
      for (SentinelType type : types) {
        // A key of its own: the lanes' own keys must not be seen before their time.
        SentinelCodec codec = new SentinelCodec(runId, type, "preflight");
        byte[] content = Bytes.utf8("preflight").array();
        byte[][] arguments = SentinelCommand.of(type).arguments(codec.key(0), content, 0);
        String key = codec.keyPrefix() + 0;
        String removal = removal(connection, key);
        connection.expect(removal, key);
        String[] texts = new String[arguments.length];
        for (int i = 0; i < texts.length; i++) {
          texts[i] = new String(arguments[i], StandardCharsets.UTF_8);
        }
        connection.expect(SentinelCommand.of(type).command().name().asUtf8(), texts);
        connection.expect(removal, key);
      }
    }
  }

  /** As the cleaner has it: UNLINK, and DEL only where a server is too old to know that. */
  private static String removal(RedisConnection connection, String key) {
    return connection.call("UNLINK", key) instanceof Reply.Failed failed
            && failed.message().contains("unknown command")
        ? "DEL"
        : "UNLINK";
  }

  /**
   * Asks the replica for the first key of every lane.
   *
   * @throws io.syncanalyzer.redis.RedisFailure naming the command that is refused
   * @throws ProbeFailure if such a key is there already, from another run of that name
   */
  static void replica(Endpoint replica, String runId, List<WritingLane> lanes) {
    try (RedisConnection connection = RedisConnection.open(replica)) {
      List<String> first = new ArrayList<>();
      for (WritingLane lane : lanes) {
        first.add(lane.codec().keyPrefix() + 0);
      }
      Reply there = connection.expect("EXISTS", first.toArray(String[]::new));
      if (there instanceof Reply.Int count && count.value() > 0) {
        throw new ProbeFailure(
            "the "
                + replica
                + " still holds sentinels of a run named "
                + runId
                + "; remove them with the clean command, or pick another --run-id",
            null);
      }
    }
  }
}
