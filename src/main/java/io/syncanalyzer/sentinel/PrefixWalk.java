package io.syncanalyzer.sentinel;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.RedisConnection;
import io.syncanalyzer.redis.RedisConnection.Command;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Finds the keys that begin with a prefix, by a scan of the whole database of a connection. */
final class PrefixWalk {
  private static final Command SCAN = Command.of("SCAN");
  private static final byte[] MATCH = Bytes.utf8("MATCH").array();
  private static final byte[] COUNT = Bytes.utf8("COUNT").array();
  private static final byte[] EACH = Bytes.utf8("1000").array();

  /** No name of ours is nearly as long; a longer one is told by its begin. */
  private static final int LONGEST_NAME = 1024;

  private PrefixWalk() {}

  /**
   * Gives the keys, in batches of about a thousand; the same key may come twice. Ends early when
   * the thread is interrupted.
   *
   * @param prefix taken literally
   * @throws RedisFailure if the server does not let us scan
   */
  static void each(RedisConnection source, String prefix, Consumer<List<Bytes>> batches) {
    Bytes literal = Bytes.utf8(prefix);
    byte[] match = Bytes.utf8(KeyPrefix.globLiteral(prefix) + "*").array();
    byte[] cursor = {'0'};
    do {
      source.send(SCAN, cursor, MATCH, match, COUNT, EACH);
      source.flush();
      Reply reply = source.receive(LONGEST_NAME);
      if (reply instanceof Reply.Failed failed) {
        throw source.refused("SCAN", failed);
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
      List<Bytes> batch = new ArrayList<>();
      for (Reply key : keys.list()) {
        // Whatever the server makes of MATCH: what is given begins as asked.
        if (key instanceof Reply.Text text && text.bytes().startsWith(literal)) {
          batch.add(text.bytes());
        } else if (key instanceof Reply.Nil) {
          batch.add(Bytes.utf8(prefix + "… (more than " + LONGEST_NAME + " bytes)"));
        }
      }
      batches.accept(batch);
      cursor = next.bytes().array();
    } while (!(cursor.length == 1 && cursor[0] == '0') && !Thread.currentThread().isInterrupted());
  }
}
