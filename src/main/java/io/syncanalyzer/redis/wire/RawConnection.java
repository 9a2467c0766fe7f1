package io.syncanalyzer.redis.wire;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.FailureCauses;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose replies are read as bytes, for comparing large numbers of values without an
 * object for each: {@link #out} and {@link #in} are the two halves of its socket.
 *
 * <p>Failures are those of {@link RedisConnection}, and as there a connection that was idle and is
 * gone is made anew before the next command. Not safe for use by several threads, save {@link
 * #close}, which any thread may call to end a blocked read.
 */
public final class RawConnection implements AutoCloseable {
  private final Endpoint endpoint;
  private final Wire wire;

  private RawConnection(Endpoint endpoint, Wire wire) {
    this.endpoint = endpoint;
    this.wire = wire;
  }

  /**
   * Connects, logs in, and selects the endpoint's database.
   *
   * @throws RedisFailure with one line that names the endpoint, the cause and what to do
   */
  public static RawConnection open(Endpoint endpoint) {
    return new RawConnection(endpoint, Wire.open(endpoint));
  }

  /**
   * As {@link #open}, for reading keys of the user: where the server can (Redis 7.2 and later),
   * what is read over it is no use of the keys that would change which are evicted next.
   */
  public static RawConnection openUntouching(Endpoint endpoint) {
    return openUntouching(endpoint, null);
  }

  /**
   * As {@link #openUntouching(Endpoint)}, and all that is asked over it, also after it was made
   * anew, is asked of the process with that {@code run_id}: else the connection counts as lost. A
   * server that hides its id is taken as it is.
   *
   * @param runId null = of whichever process answers
   * @throws RedisFailure also if another one answers
   */
  public static RawConnection openUntouching(Endpoint endpoint, @Nullable String runId) {
    return new RawConnection(endpoint, Wire.open(endpoint, true, runId));
  }

  /** The server at the other end. */
  public Endpoint endpoint() {
    return endpoint;
  }

  /**
   * Goes to another database of the server, unless it is there; no reply may be outstanding.
   *
   * @throws RedisFailure if it may not be selected
   */
  public void select(int database) {
    if (database != wire.database()) {
      expect("SELECT", Integer.toString(database));
      wire.database(database);
    }
  }

  /** Where commands go. */
  public RawOutput out() {
    return wire.out();
  }

  /** Where replies come from. */
  public RawInput in() {
    return wire.in();
  }

  /**
   * Keeps replies in that memory from now on, and gives what it has in place of the server's; no
   * reply may be outstanding.
   */
  public void remember(ReplyMemory memory) {
    try {
      wire.remember(memory);
    } catch (IOException e) {
      throw FailureCauses.ofUsing(endpoint(), 0, new UncheckedIOException(e));
    }
  }

  /** Sends a command of text parts and waits for its reply. */
  public Reply call(String... parts) {
    out().command(parts);
    out().flush();
    return in().reply();
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

  /** How often another connection took the place of one that was gone while it was idle. */
  public int renewals() {
    return wire.renewals();
  }

  /**
   * How long a round trip takes: the shortest time so far from a question that was asked alone to
   * the begin of its answer, so never less than the network takes. A connection that was just
   * opened knows that of its login, unless that took a password.
   *
   * @return {@link Long#MAX_VALUE} where nothing was asked yet
   */
  public long roundTripNanos() {
    return wire.roundTripNanos();
  }

  /** Whether nothing has gone over it for so long that it may be gone. */
  public boolean isIdle() {
    return wire.isIdle();
  }

  /** Asks a connection that is not needed for the moment for a sign of life. */
  public void keepAwake() {
    wire.awake(Wire.IDLE_NANOS / 2);
  }

  /**
   * Takes another connection in the place of this one, whose replies are then never read.
   *
   * @throws RedisFailure if none can be made
   */
  public void renew() {
    wire.renew();
  }

  /** Ends the connection; a read blocked in another thread fails at once. */
  @Override
  public void close() {
    wire.close();
  }
}
