package io.syncanalyzer.probe;

import io.syncanalyzer.probe.figures.ProbeFailure;
import io.syncanalyzer.probe.write.WritingLane;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.sentinel.KeyCensus;
import io.syncanalyzer.sentinel.SentinelCleaner;
import io.syncanalyzer.sentinel.SentinelCodec;
import io.syncanalyzer.sentinel.SentinelCommand;
import io.syncanalyzer.sentinel.SentinelRange;
import io.syncanalyzer.sentinel.SentinelType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Tries once, before anything is measured, what the session will do a thousand times a second. */
final class Preflight {
  private Preflight() {}

  /**
   * Writes a sentinel of each type of a pair to its source and removes it.
   *
   * @throws io.syncanalyzer.redis.RedisFailure naming the command that is refused
   * @throws ProbeFailure if a key of that name is there and not ours
   */
  static void source(LagSettings settings, int pair) {
    LagPair of = settings.pairs().get(pair);
    List<SentinelType> types =
        settings.streams().stream()
            .filter(stream -> stream.pair() == pair)
            .map(LagStream::type)
            .toList();
    source(of.source(), settings.runId(), types, of.tag());
  }

  private static void source(Endpoint source, String runId, List<SentinelType> types, String tag) {
    try (RedisConnection connection = RedisConnection.open(source)) {
      SentinelCleaner cleaner = new SentinelCleaner(connection);
      for (SentinelType type : types) {
        // A key of its own: the lanes' own keys must not be seen before their time.
        SentinelCodec codec = new SentinelCodec(runId, type, SentinelCodec.PREFLIGHT + tag);
        List<SentinelRange> only = List.of(new SentinelRange(codec.keyPrefix(), 0, 1));
        KeyCensus before = cleaner.remove(only);
        if (before.foreign() > 0) {
          throw new ProbeFailure(
              "the "
                  + source
                  + " holds "
                  + before.foreignNames().get(0)
                  + ", which is not ours; pick another --run-id",
              null);
        }
        byte[] buffer = new byte[codec.maxContentLength()];
        byte[] content = Arrays.copyOf(buffer, codec.encodeContent(0, 0, 0, buffer));
        SentinelCommand command = SentinelCommand.of(type);
        Reply reply =
            connection.call(command.command(), command.arguments(codec.key(0), content, 0));
        if (reply instanceof Reply.Failed failed) {
          throw connection.refused(command.command().name().asUtf8(), failed);
        }
        cleaner.remove(only);
      }
    }
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
