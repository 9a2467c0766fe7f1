package io.syncanalyzer.sentinel;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.redis.wire.RedisConnection.Command;
import java.util.ArrayList;
import java.util.List;

/** Finds the keys that begin with a prefix, by a scan of the whole database of a connection. */
final class PrefixWalk {
  private static final Command SCAN = Command.of("SCAN");

  /** The cursor that a scan begins with, and ends with too. */
  private static final Bytes BEGIN = Bytes.utf8("0");

  private static final byte[] MATCH = Bytes.utf8("MATCH").array();
  private static final byte[] COUNT = Bytes.utf8("COUNT").array();
  private static final byte[] EACH = Bytes.utf8("1000").array();

  /** No name of ours is nearly as long; a longer one is told by its begin. */
  private static final int LONGEST_NAME = 1024;

  private PrefixWalk() {}

  /** What is done with the keys of a page. */
  interface Use {
    /**
     * Sends what is to be asked of them, if anything; the connection is not flushed.
     *
     * @return reads the answers, and may then talk with the server as it likes
     */
    Runnable ask(List<Bytes> keys);
  }

  private record Page(Bytes cursor, List<Bytes> keys) {
    boolean isLast() {
      return cursor.equals(BEGIN);
    }
  }

  /**
   * Gives the keys, in pages of about a thousand; the same key may come twice. What is asked of a
   * page leaves with the question for the next one: a page takes one round trip. Ends early when
   * the thread is interrupted.
   *
   * @param prefix taken literally
   * @throws RedisFailure if the server does not let us scan
   */
  static void each(RedisConnection source, String prefix, Use use) {
    byte[] match = Bytes.utf8(KeyPrefix.globLiteral(prefix) + "*").array();
    Page page = new Page(BEGIN, List.of());
    boolean more = true;
    while (more) {
      source.send(SCAN, page.cursor().array(), MATCH, match, COUNT, EACH);
      Runnable answers = use.ask(page.keys());
      source.flush();
      page = next(source, prefix);
      answers.run();
      more = !page.isLast() && !Thread.currentThread().isInterrupted();
    }
    Runnable answers = use.ask(page.keys());
    source.flush();
    answers.run();
  }

  private static Page next(RedisConnection source, String prefix) {
    Reply reply = source.receive(LONGEST_NAME);
    if (reply instanceof Reply.Failed failed) {
      throw source.refused("SCAN", failed);
    }
    if (!(reply instanceof Reply.Items items)
        || items.list().size() != 2
        || !(items.list().get(0) instanceof Reply.Text cursor)
        || !(items.list().get(1) instanceof Reply.Items keys)) {
      throw new RedisFailure(
          RedisFailure.Kind.PROTOCOL,
          source.endpoint(),
          source.endpoint() + " answered SCAN with something else than a cursor and keys",
          null);
    }
    Bytes literal = Bytes.utf8(prefix);
    List<Bytes> page = new ArrayList<>();
    for (Reply key : keys.list()) {
      // Whatever the server makes of MATCH: what is given begins as asked.
      if (key instanceof Reply.Text text && text.bytes().startsWith(literal)) {
        page.add(text.bytes());
      } else if (key instanceof Reply.Nil) {
        page.add(Bytes.utf8(prefix + "… (more than " + LONGEST_NAME + " bytes)"));
      }
    }
    return new Page(cursor.bytes(), page);
  }
}
