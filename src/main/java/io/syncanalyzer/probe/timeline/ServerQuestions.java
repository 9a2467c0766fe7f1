package io.syncanalyzer.probe.timeline;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Printable;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.redis.wire.RedisConnection.Command;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one server is asked once a second, in one pipeline: INFO, the newest entry of its slow log,
 * and the latest events of its latency monitor. How these are configured is asked once, when
 * connected. What is refused once is never asked for again on that connection, and stays unknown;
 * so does what was never seen to hold anything and may be off, for how it is configured is not
 * told.
 *
 * <p>Of a slow command nothing but its name is kept: its arguments are the user's data. For one
 * thread.
 */
final class ServerQuestions {
  private static final Command INFO = Command.of("INFO");
  private static final Command SLOWLOG = Command.of("SLOWLOG");
  private static final Command LATENCY = Command.of("LATENCY");
  private static final byte[] GET = ascii("GET");
  private static final byte[] ONE = ascii("1");
  private static final byte[] LATEST = ascii("LATEST");
  private static final int MOST_ENTRIES = 16;
  private static final int LONGEST_NAME = 32;
  private static final int MOST_EVENTS = 64;

  private final RedisConnection connection;
  private final @Nullable Long bufferLimitBytes;
  private boolean slowLog;
  private boolean latency;
  private final boolean knownSlowLog;
  private final boolean knownLatency;
  private final SeenBefore seen;

  /**
   * An answer.
   *
   * @param slow the longest new command; null = not told
   * @param event the longest new event; null = not told
   */
  record Answer(ServerInfo info, @Nullable Lasted slow, @Nullable Lasted event) {}

  /** Something that lasted; {@link #NOTHING} where there was none. */
  record Lasted(long nanos, @Nullable String name) {
    static final Lasted NOTHING = new Lasted(0, null);
  }

  /**
   * Asks how the server is configured.
   *
   * @param seen what it was seen to hold on earlier connections
   * @throws RedisFailure if the connection breaks, or the server serves nobody for the moment
   */
  ServerQuestions(RedisConnection connection, SeenBefore seen) {
    this.connection = connection;
    this.seen = seen;
    String limits = setting("client-output-buffer-limit");
    bufferLimitBytes = limits == null ? null : BufferLimit.ofReplica(limits);
    String slower = setting("slowlog-log-slower-than");
    knownSlowLog = slower != null;
    slowLog = slower == null || !slower.startsWith("-");
    String threshold = setting("latency-monitor-threshold");
    knownLatency = threshold != null;
    latency = !"0".equals(threshold);
  }

  /** What a replica's output buffer may hold; null where it is not told, 0 = no limit. */
  @Nullable Long bufferLimitBytes() {
    return bufferLimitBytes;
  }

  private @Nullable String setting(String name) {
    return settled("CONFIG", connection.call("CONFIG", "GET", name)) instanceof Reply.Items items
            && items.list().size() == 2
            && items.list().get(1) instanceof Reply.Text value
        ? value.bytes().asUtf8()
        : null;
  }

  /** What a server that serves nobody for the moment answers is no answer. */
  private Reply settled(String command, Reply reply) {
    if (reply instanceof Reply.Failed failed) {
      RedisFailure failure = connection.refused(command, failed);
      if (failure.isPassing()) {
        throw failure;
      }
    }
    return reply;
  }

  /**
   * Asks.
   *
   * @throws RedisFailure if INFO is refused, the connection breaks, or the server serves nobody for
   *     the moment
   */
  Answer ask() {
    connection.send(INFO);
    if (slowLog) {
      connection.send(SLOWLOG, GET, ONE);
    }
    if (latency) {
      connection.send(LATENCY, LATEST);
    }
    connection.flush();
    Reply info = connection.receive();
    Reply slow = slowLog ? connection.receive() : new Reply.Nil();
    Reply events = latency ? connection.receive() : new Reply.Nil();
    if (info instanceof Reply.Failed failed) {
      throw connection.refused("INFO", failed);
    }
    ServerInfo told = ServerInfo.of(info);
    seen.of(told.runId());
    return new Answer(told, slow(settled("SLOWLOG", slow)), event(settled("LATENCY", events)));
  }

  private @Nullable Lasted slow(Reply newest) {
    if (!(newest instanceof Reply.Items items)) {
      slowLog = false;
      return null;
    }
    long id = items.list().isEmpty() ? -1 : id(items.list().get(0));
    long before = seen.slow(id);
    if (!knownSlowLog && !seen.anySlow()) {
      return null; // It may be off.
    }
    if (id <= before) {
      return Lasted.NOTHING;
    }
    long many = Math.min(MOST_ENTRIES, id - before);
    Reply entries = many == 1 ? newest : connection.call("SLOWLOG", "GET", Long.toString(many));
    Lasted longest = Lasted.NOTHING;
    for (Reply entry : entries instanceof Reply.Items all ? all.list() : List.<Reply>of()) {
      Lasted one = entry(entry);
      longest = id(entry) > before && one.nanos() > longest.nanos() ? one : longest;
    }
    return longest;
  }

  private static long id(Reply entry) {
    return entry instanceof Reply.Items parts
            && !parts.list().isEmpty()
            && parts.list().get(0) instanceof Reply.Int id
        ? id.value()
        : -1;
  }

  private static Lasted entry(Reply entry) {
    return entry instanceof Reply.Items parts
            && parts.list().size() >= 4
            && parts.list().get(2) instanceof Reply.Int micros
            && parts.list().get(3) instanceof Reply.Items command
            && !command.list().isEmpty()
            && command.list().get(0) instanceof Reply.Text name
        ? new Lasted(micros.value() * 1_000, name(name.bytes()).toUpperCase(Locale.ROOT))
        : Lasted.NOTHING;
  }

  private @Nullable Lasted event(Reply latest) {
    if (!(latest instanceof Reply.Items events)) {
      latency = false;
      return null;
    }
    Lasted longest = Lasted.NOTHING;
    for (Reply event : events.list().subList(0, Math.min(MOST_EVENTS, events.list().size()))) {
      if (event instanceof Reply.Items parts
          && parts.list().size() >= 3
          && parts.list().get(0) instanceof Reply.Text named
          && parts.list().get(1) instanceof Reply.Int at
          && parts.list().get(2) instanceof Reply.Int millis) {
        boolean isNew = seen.isNew(name(named.bytes()), at.value(), millis.value());
        if (isNew && millis.value() * 1_000_000 > longest.nanos()) {
          longest = new Lasted(millis.value() * 1_000_000, name(named.bytes()));
        }
      }
    }
    seen.eventsAreNoted();
    return knownLatency || seen.anyEvent() ? longest : null; // Else it may be off, as by default.
  }

  private static String name(Bytes bytes) {
    return Printable.of(bytes.slice(0, Math.min(LONGEST_NAME, bytes.length())).asUtf8());
  }

  private static byte[] ascii(String word) {
    return Bytes.utf8(word).array();
  }
}
