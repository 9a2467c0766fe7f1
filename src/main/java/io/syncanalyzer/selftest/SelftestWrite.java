package io.syncanalyzer.selftest;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.redis.wire.RedisConnection.Command;
import java.util.ArrayList;
import java.util.List;

/**
 * A command on one key, as the self test fills a source or corrupts a replica with it.
 *
 * @param command such as {@code HSET}
 * @param arguments everything after it, the key among them
 */
record SelftestWrite(String command, List<Bytes> arguments) {
  /** Replies waited for at once; their commands fit into the buffers between us and a server. */
  private static final int BATCH = 100;

  SelftestWrite {
    arguments = List.copyOf(arguments);
  }

  /** A command whose first argument is the key. */
  static SelftestWrite of(String command, Bytes key, String... more) {
    List<Bytes> arguments = new ArrayList<>();
    arguments.add(key);
    for (String word : more) {
      arguments.add(Bytes.utf8(word));
    }
    return new SelftestWrite(command, arguments);
  }

  /** The same with more arguments at its end. */
  SelftestWrite and(List<String> more) {
    List<Bytes> all = new ArrayList<>(arguments);
    more.forEach(word -> all.add(Bytes.utf8(word)));
    return new SelftestWrite(command, all);
  }

  /**
   * Sends them all, in order.
   *
   * @throws RedisFailure if the server refuses one
   */
  static void send(RedisConnection connection, List<SelftestWrite> writes) {
    for (int from = 0; from < writes.size(); from += BATCH) {
      List<SelftestWrite> batch = writes.subList(from, Math.min(writes.size(), from + BATCH));
      for (SelftestWrite write : batch) {
        byte[][] arguments = write.arguments.stream().map(Bytes::array).toArray(byte[][]::new);
        connection.send(Command.of(write.command), arguments);
      }
      connection.flush();
      for (SelftestWrite write : batch) {
        if (connection.receive() instanceof Reply.Failed failed) {
          throw new RedisFailure(
              RedisFailure.Kind.OTHER_REPLY,
              connection.endpoint(),
              "the "
                  + connection.endpoint()
                  + " refuses "
                  + write.command
                  + " to the self test: "
                  + failed.message(),
              null);
        }
      }
    }
  }
}
