package io.syncanalyzer.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * One connection to one server: logged in, its database selected, ready for commands.
 *
 * <p>Two ways to use it. {@link #call} sends a command and waits for its reply. A pipeline is any
 * number of {@link #send}, a {@link #flush}, and as many {@link #receive}, in order. Commands and
 * arguments are bytes. Not safe for use by several threads, save {@link #close}, which any thread
 * may call to end a blocked read. Every method throws {@link RedisFailure} when the connection
 * breaks; it is of no use afterwards.
 *
 * <p>Protocol: <a href="https://redis.io/docs/latest/develop/reference/protocol-spec/">RESP</a>.
 */
public final class RedisConnection implements AutoCloseable {
  private final Endpoint endpoint;
  private final Wire wire;

  private RedisConnection(Endpoint endpoint, Wire wire) {
    this.endpoint = endpoint;
    this.wire = wire;
  }

  /**
   * Connects, logs in, and selects the endpoint's database.
   *
   * @throws RedisFailure with one line that names the endpoint, the cause and what to do
   */
  public static RedisConnection open(Endpoint endpoint) {
    return open(endpoint, false);
  }

  /** As {@link #open}, speaking RESP3 (push messages arrive among the replies as items). */
  public static RedisConnection openResp3(Endpoint endpoint) {
    return open(endpoint, true);
  }

  private static RedisConnection open(Endpoint endpoint, boolean resp3) {
    try {
      Wire wire = new Wire(endpoint, resp3);
      try {
        wire.connect();
      } catch (RuntimeException e) {
        wire.close();
        throw e;
      }
      return new RedisConnection(endpoint, wire);
    } catch (RuntimeException e) {
      throw FailureCauses.ofConnecting(endpoint, e);
    }
  }

  /** The server at the other end. */
  public Endpoint endpoint() {
    return endpoint;
  }

  /** Sends a command of text arguments and waits for its reply. */
  public Reply call(String command, String... arguments) {
    byte[][] bytes = new byte[arguments.length][];
    for (int i = 0; i < arguments.length; i++) {
      bytes[i] = arguments[i].getBytes(StandardCharsets.UTF_8);
    }
    send(Command.of(command), bytes);
    flush();
    return receive();
  }

  /** Sends a command of byte arguments and waits for its reply. */
  public Reply call(Command command, byte[]... arguments) {
    send(command, arguments);
    flush();
    return receive();
  }

  /**
   * As {@link #call}, for answers we cannot do without: an error reply becomes a {@link
   * RedisFailure} that names the command.
   */
  public Reply expect(String command, String... arguments) {
    Reply reply = call(command, arguments);
    if (reply instanceof Reply.Failed failed) {
      throw FailureCauses.ofReply(endpoint, command, failed);
    }
    return reply;
  }

  /** What an error reply to that command means for one who needed the answer, in one line. */
  public RedisFailure refusal(Command command, Reply.Failed failed) {
    return FailureCauses.ofReply(endpoint, command.name().asUtf8(), failed);
  }

  /** Puts a command into the output buffer; it leaves with {@link #flush} or when that is full. */
  public void send(Command command, byte[]... arguments) {
    try {
      wire.sendCommand(command, arguments);
    } catch (JedisConnectionException e) {
      throw FailureCauses.ofUsing(endpoint, e);
    }
  }

  /** Sends what the buffer holds. */
  public void flush() {
    try {
      wire.flushNow();
    } catch (JedisConnectionException e) {
      throw FailureCauses.ofUsing(endpoint, e);
    }
  }

  /** Waits for the next reply. */
  public Reply receive() {
    try {
      return reply(wire.getUnflushedObject());
    } catch (JedisDataException e) {
      return new Reply.Failed(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      throw FailureCauses.ofUsing(endpoint, e);
    }
  }

  /** How long a reply may take from now on, in milliseconds; 0 = for ever. */
  public void replyTimeoutMillis(int millis) {
    wire.setSoTimeout(millis);
  }

  /** Ends the connection; a read blocked in another thread fails at once. */
  @Override
  public void close() {
    try {
      wire.forceDisconnect();
    } catch (java.io.IOException | RuntimeException alreadyGone) {
      // Closing is the end of it either way: nothing is left to be lost.
    }
  }

  private static Reply reply(@Nullable Object object) {
    if (object == null) {
      return new Reply.Nil();
    }
    if (object instanceof byte[] bytes) {
      return new Reply.Text(Bytes.wrap(bytes));
    }
    if (object instanceof Long number) {
      return new Reply.Int(number);
    }
    if (object instanceof Boolean flag) {
      return new Reply.Int(flag ? 1 : 0);
    }
    if (object instanceof JedisDataException error) {
      return new Reply.Failed(String.valueOf(error.getMessage()));
    }
    if (object instanceof List<?> list) {
      List<Reply> items = new ArrayList<>(list.size());
      for (Object item : list) {
        if (item instanceof Map.Entry<?, ?> entry) {
          items.add(reply(entry.getKey()));
          items.add(reply(entry.getValue()));
        } else {
          items.add(reply(item));
        }
      }
      return new Reply.Items(items);
    }
    return new Reply.Text(Bytes.utf8(object.toString()));
  }

  /** A command's name, encoded once. */
  public record Command(Bytes name) implements ProtocolCommand {
    /** The command of that name, such as {@code HSET}. */
    public static Command of(String name) {
      return new Command(Bytes.utf8(name));
    }

    @Override
    public byte[] getRaw() {
      return name.array();
    }
  }

  /** Opens up the part of a Jedis connection that a pipeline needs. */
  private static final class Wire extends Connection {
    Wire(Endpoint endpoint, boolean resp3) {
      super(new EndpointSockets(endpoint), JedisSettings.of(endpoint, resp3));
    }

    /** Hands every push message (RESP3) on among the replies; by default only Pub/Sub's are. */
    @Override
    protected void initPushConsumers(JedisClientConfig config) {
      addPushConsumer(
          context -> {
            context.propagate();
            return context;
          });
    }

    void flushNow() {
      flush();
    }
  }
}
