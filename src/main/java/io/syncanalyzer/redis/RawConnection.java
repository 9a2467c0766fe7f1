package io.syncanalyzer.redis;

import java.io.IOException;
import java.net.Socket;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisSocketFactory;

/**
 * A connection whose replies are read as bytes, for comparing large numbers of values without an
 * object for each.
 *
 * <p>Jedis connects, secures and logs in; from then on {@link #out} and {@link #in} are the two
 * halves of its socket. Failures are those of {@link RedisConnection}. Not safe for use by several
 * threads, save {@link #close}, which any thread may call to end a blocked read.
 */
public final class RawConnection implements AutoCloseable {
  private final Endpoint endpoint;
  private final Socket socket;
  private final RawOutput out;
  private final RawInput in;

  private RawConnection(Endpoint endpoint, Socket socket) throws IOException {
    this.endpoint = endpoint;
    this.socket = socket;
    this.out = new RawOutput(endpoint, socket.getOutputStream());
    this.in = new RawInput(endpoint, socket.getInputStream());
  }

  /**
   * Connects, logs in, and selects the endpoint's database.
   *
   * @throws RedisFailure with one line that names the endpoint, the cause and what to do
   */
  public static RawConnection open(Endpoint endpoint) {
    Kept sockets = new Kept(new EndpointSockets(endpoint));
    try {
      // Jedis's connection is not closed: that would close the socket we go on with. Closing the
      // socket releases all there is.
      new Connection(sockets, JedisSettings.of(endpoint, false)).connect();
      return new RawConnection(
          endpoint, Objects.requireNonNull(sockets.socket, "Jedis made no socket"));
    } catch (IOException e) {
      sockets.close();
      throw FailureCauses.ofConnecting(endpoint, new java.io.UncheckedIOException(e));
    } catch (RuntimeException e) {
      sockets.close();
      throw FailureCauses.ofConnecting(endpoint, e);
    }
  }

  /** The server at the other end. */
  public Endpoint endpoint() {
    return endpoint;
  }

  /** Where commands go. */
  public RawOutput out() {
    return out;
  }

  /** Where replies come from. */
  public RawInput in() {
    return in;
  }

  /** Sends a command of text parts and waits for its reply. */
  public Reply call(String... parts) {
    out.command(parts);
    out.flush();
    return in.reply();
  }

  /**
   * As {@link #call}, for answers we cannot do without: an error reply becomes a {@link
   * RedisFailure} that names the command.
   */
  public Reply expect(String... parts) {
    Reply reply = call(parts);
    if (reply instanceof Reply.Failed failed) {
      throw refused(parts[0], failed);
    }
    return reply;
  }

  /** What it means that the server answered a command we needed with this error. */
  public RedisFailure refused(String command, Reply.Failed failed) {
    return FailureCauses.ofReply(endpoint, command, failed);
  }

  /** Ends the connection; a read blocked in another thread fails at once. */
  @Override
  public void close() {
    close(socket);
  }

  private static void close(@Nullable Socket socket) {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException alreadyGone) {
      // Closing is the end of it either way: nothing is left to be lost.
    }
  }

  /** Remembers the socket that Jedis asked for. */
  private static final class Kept implements JedisSocketFactory {
    private final JedisSocketFactory maker;
    private @Nullable Socket socket;

    Kept(JedisSocketFactory maker) {
      this.maker = maker;
    }

    @Override
    public Socket createSocket() {
      socket = maker.createSocket();
      return socket;
    }

    void close() {
      RawConnection.close(socket);
    }
  }
}
