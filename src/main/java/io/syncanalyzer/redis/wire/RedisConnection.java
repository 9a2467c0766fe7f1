package io.syncanalyzer.redis.wire;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.FailureCauses;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import java.nio.charset.StandardCharsets;

/**
 * One connection to one server: logged in, its database selected, ready for commands.
 *
 * <p>Two ways to use it. {@link #call} sends a command and waits for its reply. A pipeline is any
 * number of {@link #send}, a {@link #flush}, and as many {@link #receive}, in order. Commands and
 * arguments are bytes. Not safe for use by several threads, save {@link #close}, which any thread
 * may call to end a blocked read. Every method throws {@link RedisFailure} when the connection
 * breaks; it is of no use afterwards.
 *
 * <p>A connection that was idle may be gone, through a server's {@code timeout} or what stands
 * between: before the next command another takes its place, logged in and in the same database.
 * What else the session held is gone then, as {@link #renewals} tells; no command is sent twice.
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
    return new RedisConnection(endpoint, Wire.open(endpoint));
  }

  /**
   * As {@link #open}, for one that is told of things: what is pushed arrives among the replies, as
   * items. It is not made anew when idle.
   *
   * @param resp3 whether to speak protocol version 3
   */
  public static RedisConnection openForPushes(Endpoint endpoint, boolean resp3) {
    return new RedisConnection(endpoint, Wire.openForPushes(endpoint, resp3));
  }

  /** As {@link RawConnection#openUntouching}. */
  public static RedisConnection openUntouching(Endpoint endpoint) {
    return new RedisConnection(endpoint, Wire.open(endpoint, true, null));
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

  /** What it means that the server answered a command we needed with this error. */
  public RedisFailure refused(String command, Reply.Failed failed) {
    return FailureCauses.ofReply(endpoint, command, failed);
  }

  /** Puts a command into the output buffer; it leaves with {@link #flush} or when that is full. */
  public void send(Command command, byte[]... arguments) {
    RawOutput out = wire.out();
    out.begin(1 + arguments.length);
    out.part(command.name());
    for (byte[] argument : arguments) {
      out.part(argument, 0, argument.length);
    }
  }

  /** Sends what the buffer holds. */
  public void flush() {
    wire.out().flush();
  }

  /** Waits for the next reply. */
  public Reply receive() {
    return wire.in().reply();
  }

  /** How often another connection took the place of one that was gone while it was idle. */
  public int renewals() {
    return wire.renewals();
  }

  /** Asks a connection that is not needed for the moment for a sign of life. */
  public void keepAwake() {
    wire.awake(Wire.IDLE_NANOS / 2);
  }

  /**
   * Whether its session is still the one it was at so many {@link #renewals}; if so, no other
   * connection takes its place until {@link #letGo}, were it to fail: for a removal that counts on
   * a WATCH.
   */
  public boolean holdsSince(int renewals) {
    wire.surelyAwake(Wire.IDLE_NANOS / 2); // A server slow to answer may end it right after.
    boolean same = wire.renewals() == renewals;
    wire.hold(same);
    return same;
  }

  /** It may be made anew again. */
  public void letGo() {
    wire.hold(false);
  }

  /**
   * As {@link #receive}, where strings longer than {@code longest} bytes are not wanted: they are
   * passed over, whatever their size, and come as nil.
   */
  public Reply receive(long longest) {
    return wire.in().reply(longest);
  }

  /** How long to wait for a reply to begin from now on, in milliseconds; 0 = for ever. */
  public void replyTimeoutMillis(int millis) {
    wire.replyTimeoutMillis(millis);
  }

  /** Ends the connection; a read blocked in another thread fails at once. */
  @Override
  public void close() {
    wire.close();
  }

  /** A command's name, encoded once. */
  public record Command(Bytes name) {
    /** The command of that name, such as {@code HSET}. */
    public static Command of(String name) {
      return new Command(Bytes.utf8(name));
    }
  }
}
