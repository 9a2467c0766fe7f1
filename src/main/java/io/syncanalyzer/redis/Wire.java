package io.syncanalyzer.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.PushConsumerChain;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.RedisInputStream;

/**
 * A socket that is connected, secured and logged in, and its two halves.
 *
 * <p>Jedis logs in; every byte that ever comes, its own replies included, is read by {@link
 * RawInput}, which takes no length on trust. Not safe for use by several threads, save {@link
 * #close}.
 */
final class Wire implements AutoCloseable {
  private final EndpointSockets.Made made;
  private final RawOutput out;
  private final RawInput in;

  private Wire(Endpoint endpoint, EndpointSockets.Made made, boolean resp3) throws IOException {
    this.made = made;
    this.out = new RawOutput(endpoint, made.socket().getOutputStream());
    this.in = new RawInput(endpoint, made.patient(), made.socket().getInputStream(), resp3);
  }

  /**
   * Connects, logs in, and selects the endpoint's database.
   *
   * @param resp3 whether to speak protocol version 3
   * @throws RedisFailure with one line that names the endpoint, the cause and what to do
   */
  static Wire open(Endpoint endpoint, boolean resp3) {
    Wire wire = null;
    try {
      EndpointSockets.Made made = EndpointSockets.connect(endpoint);
      wire = new Wire(endpoint, made, resp3);
      // Jedis's connection is not closed: that would close the socket we go on with. Closing the
      // socket releases all there is.
      new Login(wire).in(JedisSettings.of(endpoint, resp3));
      if (endpoint.password().isEmpty()) {
        wire.greet(endpoint);
      }
      return wire;
    } catch (IOException | RuntimeException e) {
      if (wire != null) {
        wire.close();
      }
      throw FailureCauses.ofConnecting(
          endpoint,
          e instanceof IOException io ? new UncheckedIOException(io) : (RuntimeException) e);
    }
  }

  RawOutput out() {
    return out;
  }

  RawInput in() {
    return in;
  }

  /** How long to wait for a reply to begin from now on, in milliseconds; 0 = for ever. */
  void replyTimeoutMillis(int millis) {
    made.patient().firstByteMillis(millis);
  }

  @Override
  public void close() {
    try {
      // The lower one: closing TLS in order could wait for a peer that does not read.
      made.patient().close();
    } catch (IOException alreadyGone) {
      // Closing is the end of it either way: nothing is left to be lost.
    }
  }

  /** Where no login tells whether a server is there that takes us, a PING does. */
  private void greet(Endpoint endpoint) {
    out.command("PING");
    out.flush();
    if (in.reply() instanceof Reply.Failed failed && isTurnedAway(failed)) {
      throw FailureCauses.ofReply(endpoint, "the greeting", failed);
    }
  }

  /** One who is loading, busy, or forbids the PING alone is there all the same. */
  private static boolean isTurnedAway(Reply.Failed failed) {
    return switch (failed.code()) {
      case "NOAUTH", "DENIED" -> true;
      case "ERR" -> !failed.message().contains("unknown command");
      default -> false;
    };
  }

  private Socket socket() {
    return made.socket();
  }

  /** Jedis on a socket of ours, reading by our reader. */
  private static final class Login extends Connection {
    private final Wire wire;

    Login(Wire wire) {
      super(wire::socket);
      this.wire = wire;
    }

    void in(JedisClientConfig settings) {
      initializeFromClientConfig(settings);
    }

    @Override
    protected @Nullable Object protocolRead(RedisInputStream unread, PushConsumerChain pushes) {
      Reply reply = wire.in.reply();
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
}
