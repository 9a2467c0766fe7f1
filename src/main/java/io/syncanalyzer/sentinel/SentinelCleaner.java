package io.syncanalyzer.sentinel;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.RedisConnection;
import io.syncanalyzer.redis.RedisConnection.Command;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes what the analyzer wrote from the source, in batches, by known keys or by prefix.
 *
 * <p>Works on the database of the connection. Ends early, with what it has removed so far, when its
 * thread is interrupted.
 */
public final class SentinelCleaner {
  private static final int BATCH = 1000;
  private static final Command SCAN = Command.of("SCAN");

  private final RedisConnection source;
  private Command removal = Command.of("UNLINK");

  public SentinelCleaner(RedisConnection source) {
    this.source = source;
  }

  /**
   * Removes the sentinels of these ranges, without a scan.
   *
   * @return how many keys were there and are gone
   */
  public long remove(List<SentinelRange> ranges) {
    long removed = 0;
    List<byte[]> batch = new ArrayList<>(BATCH);
    for (SentinelRange range : ranges) {
      for (long sequence = range.begin(); sequence < range.end(); sequence++) {
        batch.add((range.prefix() + sequence).getBytes(StandardCharsets.UTF_8));
        if (batch.size() == BATCH) {
          removed += removeBatch(batch);
          batch.clear();
          if (Thread.currentThread().isInterrupted()) {
            return removed;
          }
        }
      }
    }
    return removed + removeBatch(batch);
  }

  /**
   * Removes every key that begins with the prefix, found by a scan of the whole database.
   *
   * @param prefix one of {@link KeyPrefix}'s, taken literally
   * @return how many keys are gone
   * @throws IllegalArgumentException if the prefix is not ours
   */
  public long removePrefix(String prefix) {
    if (!prefix.startsWith(KeyPrefix.ALL)) {
      throw new IllegalArgumentException(
          "only keys that begin with " + KeyPrefix.ALL + " are removed, not " + prefix);
    }
    Bytes literal = Bytes.utf8(prefix);
    byte[] match = Bytes.utf8(KeyPrefix.globLiteral(prefix) + "*").array();
    byte[] cursor = {'0'};
    long removed = 0;
    do {
      Reply reply =
          source.call(
              SCAN,
              cursor,
              "MATCH".getBytes(StandardCharsets.UTF_8),
              match,
              "COUNT".getBytes(StandardCharsets.UTF_8),
              "1000".getBytes(StandardCharsets.UTF_8));
      if (reply instanceof Reply.Failed) {
        source.expect("SCAN", "0");
      }
      if (!(reply instanceof Reply.Items items)
          || items.list().size() != 2
          || !(items.list().get(0) instanceof Reply.Text next)
          || !(items.list().get(1) instanceof Reply.Items keys)) {
        throw new RedisFailure(
            RedisFailure.Kind.PROTOCOL,
            source.endpoint(),
            source.endpoint() + " answered SCAN with something else than a cursor and keys",
            null);
      }
      List<byte[]> batch = new ArrayList<>();
      for (Reply key : keys.list()) {
        // Whatever the server makes of MATCH: nothing is removed that is not ours.
        if (key instanceof Reply.Text text && text.bytes().startsWith(literal)) {
          batch.add(text.bytes().array());
        }
      }
      removed += removeBatch(batch);
      cursor = next.bytes().array();
    } while (!(cursor.length == 1 && cursor[0] == '0') && !Thread.currentThread().isInterrupted());
    return removed;
  }

  private long removeBatch(List<byte[]> keys) {
    if (keys.isEmpty()) {
      return 0;
    }
    byte[][] arguments = keys.toArray(byte[][]::new);
    Reply reply = source.call(removal, arguments);
    if (reply instanceof Reply.Failed failed && failed.message().contains("unknown command")) {
      removal = Command.of("DEL");
      reply = source.call(removal, arguments);
    }
    if (reply instanceof Reply.Int count) {
      return count.value();
    }
    // The same on a key that is none of ours and not there: says who may not do what.
    source.expect(removal.name().asUtf8(), KeyPrefix.ALL + "none");
    throw new IllegalStateException(removal.name().asUtf8() + " answered with " + reply);
  }
}
