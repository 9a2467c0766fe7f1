package io.syncanalyzer.redis.wire;

import io.syncanalyzer.redis.Reply;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.PushConsumerChain;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.RedisInputStream;

/** A login by Jedis, on a socket of ours and read by our reader. */
final class JedisLogin extends Connection {
  private final RawInput in;

  /**
   * @param socket connected; Jedis must not close it
   * @param in reads what comes over it
   */
  JedisLogin(JedisSocketFactory socket, RawInput in) {
    super(socket);
    this.in = in;
  }

  /**
   * Logs in, selects the database and the protocol's version.
   *
   * @throws JedisDataException where the server refuses
   */
  void as(JedisClientConfig settings) {
    initializeFromClientConfig(settings);
  }

  @Override
  protected @Nullable Object protocolRead(RedisInputStream unread, PushConsumerChain pushes) {
    Reply reply = in.reply();
    if (reply instanceof Reply.Failed failed) {
      throw switch (failed.code()) {
        case "NOAUTH", "WRONGPASS", "NOPERM" -> new JedisAccessControlException(failed.message());
        default -> new JedisDataException(failed.message());
      };
    }
    return jedis(reply);
  }

  private static @Nullable Object jedis(Reply reply) {
    if (reply instanceof Reply.Text text) {
      return text.bytes().array();
    }
    if (reply instanceof Reply.Int number) {
      return number.value();
    }
    if (reply instanceof Reply.Items items) {
      List<@Nullable Object> list = new ArrayList<>();
      items.list().forEach(item -> list.add(jedis(item)));
      return list;
    }
    return reply instanceof Reply.Failed failed ? new JedisDataException(failed.message()) : null;
  }
}
