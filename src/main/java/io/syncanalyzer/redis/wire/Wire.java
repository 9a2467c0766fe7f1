package io.syncanalyzer.redis.wire;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.FailureCauses;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.time.NetworkWait;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A socket that is connected, secured and logged in, and its two halves.
 *
 * <p>Jedis logs in; every byte that ever comes, its own replies included, is read by {@link
 * RawInput}, which takes no length on trust.
 *
 * <p><b>An idle connection may be gone</b> without a word: servers close it ({@code timeout}), and
 * what stands between closes it or drops what is sent. So before a command leaves over a connection
 * that owes no reply and has been idle for a while, it is asked with a PING; where nothing comes
 * back in time, another takes its place, logged in and in the same database. Nothing that has left
 * is ever sent again. What else a session held, such as WATCH, is gone then: {@link #renewals}
 * tells. One that gets pushes is not looked after in this way.
 *
 * <p>Not safe for use by several threads, save {@link #close}.
 */
final class Wire implements AutoCloseable {
  /** Redis counts whole seconds, so that its shortest timeout closes nothing that is younger. */
  static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Endpoint endpoint;
  private final boolean resp3;
  private final NanoClock clock;
  private final Exchange exchange;
  private final RawOutput out;
  private final RawInput in;
  private final LifeSign lifeSign;
  private EndpointSockets.Made made;
  private int replyMillis;
  private int renewals;
  private int database;
  private boolean checking;
  private boolean leavesNoTrace;
  private @Nullable ServerProcess process;
  private @Nullable ReplyMemory memory;
  private @Nullable Remembering remembering;
  private boolean held;
  private volatile boolean closed;

  private Wire(
      Endpoint endpoint,
      boolean resp3,
      NanoClock clock,
      Exchange exchange,
      EndpointSockets.Made made)
      throws IOException {
    this.clock = clock;
    this.endpoint = endpoint;
    this.resp3 = resp3;
    this.exchange = exchange;
    this.made = made;
    this.replyMillis = EndpointSockets.millis(endpoint.timeout());
    this.database = endpoint.database();
    this.lifeSign = new LifeSign(endpoint);
    this.out = new RawOutput(endpoint, exchange, made.socket().getOutputStream());
    this.in =
        new RawInput(endpoint, exchange, made.patient(), made.socket().getInputStream(), resp3);
  }

  /**
   * Connects, logs in, and selects the endpoint's database.
   *
   * @throws RedisFailure with one line that names the endpoint, the cause and what to do
   */
  static Wire open(Endpoint endpoint) {
    return open(endpoint, false, null);
  }

  /**
   * As {@link #open(Endpoint)}. What is to be said first is said with the login, and costs no round
   * trip of its own.
   *
   * @param leavesNoTrace whether the server is asked not to count what is read over this connection
   *     as a use of the keys, which would change what it evicts next; also over any that takes its
   *     place. One that cannot (before Redis 7.2) or may not is left as it is
   * @param runId sees to it that all is asked of the process of the server that has this {@code
   *     run_id}, also over whatever connection takes this one's place; null = of whichever answers.
   *     A server that hides its id is taken as it is
   * @throws RedisFailure also if another process answers
   */
  static Wire open(Endpoint endpoint, boolean leavesNoTrace, @Nullable String runId) {
    Wire wire = open(endpoint, false, NanoClock.SYSTEM, leavesNoTrace, runId);
    wire.exchange.beforeItLeaves(() -> wire.awake(IDLE_NANOS));
    return wire;
  }

  /**
   * As {@link #open(Endpoint)}, for one that is told of things without asking: it is never made
   * anew behind the back of whoever asked to be told.
   *
   * @param resp3 whether to speak protocol version 3
   */
  static Wire openForPushes(Endpoint endpoint, boolean resp3) {
    return open(endpoint, resp3, NanoClock.SYSTEM, false, null);
  }

  private static Wire open(
      Endpoint endpoint,
      boolean resp3,
      NanoClock clock,
      boolean leavesNoTrace,
      @Nullable String runId) {
    Exchange exchange = new Exchange(clock);
    Silences.watch(endpoint, exchange);
    Wire wire = null;
    try {
      wire = new Wire(endpoint, resp3, clock, exchange, connected(endpoint, clock, exchange));
      wire.leavesNoTrace = leavesNoTrace;
      wire.process = runId == null ? null : new ServerProcess(endpoint, runId);
      wire.login();
    } catch (IOException | RuntimeException e) {
      Silences.forget(exchange);
      RedisFailure failure = failed(endpoint, exchange, e);
      if (wire == null) {
        throw failure;
      }
      wire.close();
      throw Admission.refusal(endpoint, wire.made.talk(), failure);
    }
    try {
      wire.requireProcess(exchange.silentNanos());
      return wire;
    } catch (RuntimeException e) {
      wire.close();
      throw e;
    }
  }

  private static RedisFailure failed(Endpoint endpoint, Exchange exchange, Exception e) {
    RuntimeException cause =
        e instanceof IOException io ? new UncheckedIOException(io) : (RuntimeException) e;
    return FailureCauses.ofConnecting(endpoint, cause).silentFor(exchange.silentNanos());
  }

  private static EndpointSockets.Made connected(
      Endpoint endpoint, NanoClock clock, Exchange exchange) throws IOException {
    exchange.waits();
    try {
      EndpointSockets.Made connected = EndpointSockets.connect(endpoint, clock);
      NetworkWait.add(exchange.waitedNanos());
      return connected;
    } finally {
      exchange.gaveUp();
    }
  }

  private void login() {
    long begun = clock.nanoTime();
    // Jedis's connection is not closed: that would close the socket we go on with. Closing the
    // socket releases all there is.
    new JedisLogin(() -> made().socket(), in)
        .as(JedisSettings.of(endpoint.withDatabase(database), resp3));
    // All of it leaves before the first is answered. Ahead of what waits in the buffer: a
    // connection
    // is made anew while commands do.
    boolean greets = endpoint.password().isEmpty();
    if (greets) {
      out.ahead("PING");
    }
    if (endpoint.isClusterReplica()) {
      out.ahead("READONLY");
    }
    if (leavesNoTrace) {
      out.ahead("CLIENT", "NO-TOUCH", "ON");
    }
    if (process != null) {
      ServerProcess.ask(out);
    }
    if (greets) {
      Admission.greeted(endpoint, in);
    }
    if (endpoint.isClusterReplica()) {
      Admission.readOnly(endpoint, in);
    }
    if (leavesNoTrace) {
      in.reply();
    }
    lifeSign.loginTook(clock.nanoTime() - begun);
    if (process == null) {
      exchange.begins();
    }
  }

  /** The last word of a login: who answered. */
  private void requireProcess(long silentNanos) {
    if (process != null) {
      process.require(in, silentNanos);
      exchange.begins();
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
    replyMillis = millis;
    made().patient().firstByteMillis(millis);
  }

  /** Whether nothing has gone over it for so long that it may be gone. */
  boolean isIdle() {
    return idleNanos() >= IDLE_NANOS;
  }

  /** As {@link Exchange#shortestNanos}. */
  long roundTripNanos() {
    return exchange.shortestNanos();
  }

  /** How often another connection took the place of one that was gone. */
  int renewals() {
    return renewals;
  }

  /**
   * Makes sure that the connection is there, where it has been idle for longer than {@code nanos}
   * and owes no reply: asks, and takes another in its place if nothing comes back.
   *
   * @throws RedisFailure if it is gone and no other can be made
   */
  void awake(long nanos) {
    if (idleNanos() >= nanos) {
      check();
    }
  }

  /**
   * As {@link #awake}, where nothing was asked over it for so long, though it may just have
   * answered: for one that may not be lost over what comes next.
   */
  void surelyAwake(long nanos) {
    if (exchange.askedNanos() >= nanos) {
      check();
    }
  }

  private long idleNanos() {
    // What is answered from memory keeps no connection alive.
    Remembering asked = remembering;
    return asked == null ? exchange.idleNanos() : Math.max(exchange.idleNanos(), asked.idleNanos());
  }

  private void check() {
    if (closed || held || checking || !exchange.owesNone() || in.holdsAny()) {
      return;
    }
    checking = true;
    try {
      if (!lifeSign.comes(out, in, made().patient(), replyMillis)) {
        reopen();
      }
    } finally {
      checking = false;
    }
  }

  /** Whether no other may take its place from now on, what it holds being needed: else it fails. */
  void hold(boolean held) {
    this.held = held;
  }

  /**
   * Takes another connection in the place of this one, whatever it owes.
   *
   * @throws RedisFailure if none can be made
   */
  void renew() {
    out.forget();
    reopen();
  }

  /** The database that it is in by now, for one that takes its place to be in too. */
  void database(int selected) {
    database = selected;
  }

  int database() {
    return database;
  }

  /**
   * Keeps replies in that memory from now on, and gives them to who asks again, also over any
   * connection that takes this one's place; no reply may be outstanding.
   */
  void remember(ReplyMemory keeping) throws IOException {
    memory = keeping;
    goOn(made());
  }

  private void goOn(EndpointSockets.Made with) throws IOException {
    OutputStream toServer = with.socket().getOutputStream();
    InputStream fromServer = with.socket().getInputStream();
    ReplyMemory keeping = memory;
    if (keeping == null) {
      out.goOn(toServer);
      in.goOn(with.patient(), fromServer);
      return;
    }
    exchange.timesNoMore();
    Remembering between = new Remembering(keeping, toServer, fromServer, clock);
    remembering = between;
    out.goOn(between.out());
    in.goOn(with.patient(), between.in());
  }

  private void reopen() {
    long silentFrom = clock.nanoTime() - exchange.silentNanos();
    made().patient().closeQuietly();
    try {
      take(connected(endpoint, clock, exchange));
      login();
    } catch (IOException | RuntimeException e) {
      made().patient().closeQuietly();
      throw FailureCauses.ofRenewing(endpoint, failed(endpoint, exchange, e))
          .silentFor(clock.nanoTime() - silentFrom);
    }
    renewals++;
    requireProcess(clock.nanoTime() - silentFrom);
  }

  private synchronized EndpointSockets.Made made() {
    return made;
  }

  private synchronized void take(EndpointSockets.Made other) throws IOException {
    if (closed) {
      other.patient().closeQuietly();
      throw new SocketException("closed");
    }
    made = other;
    other.patient().firstByteMillis(replyMillis);
    goOn(other);
    exchange.begins();
  }

  /** Ends the connection; a read blocked in another thread fails at once. */
  @Override
  public void close() {
    Silences.forget(exchange);
    PatientSocket last;
    synchronized (this) {
      closed = true;
      last = made.patient();
    }
    last.closeQuietly();
  }
}
