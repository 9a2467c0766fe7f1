package io.syncanalyzer.insert.load;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.wire.RedisConnection;
import org.jspecify.annotations.Nullable;

/**
 * A lane's connection to one server, and which of the batch's commands went there. For one thread,
 * except {@link #close}.
 */
final class LoadLink {
  private final Endpoint node;
  private int[] commands = new int[16];
  private int count;
  private volatile @Nullable RedisConnection connection;
  private @Nullable RedisFailure failure;
  private long downSince;
  private long triedAt;

  LoadLink(Endpoint node) {
    this.node = node;
  }

  Endpoint node() {
    return node;
  }

  /** The connection; null while there is none. */
  @Nullable RedisConnection connection() {
    return connection;
  }

  /** Connects, at once or not at all. */
  void open(long now) {
    triedAt = now;
    connection = RedisConnection.open(node);
    failure = null;
  }

  /** The connection is of no use any more; nothing that was sent over it is owed a reply. */
  void lost(RedisFailure why, long now) {
    close();
    connection = null;
    count = 0;
    if (failure == null) {
      downSince = now;
    }
    failure = why;
  }

  /** Why there is no connection; null where there is one, or none was tried. */
  @Nullable RedisFailure failure() {
    return failure;
  }

  /** How long there has been none. */
  long downNanos(long now) {
    return failure == null ? 0 : now - downSince;
  }

  /** Since the last attempt to connect. */
  long sinceTried(long now) {
    return now - triedAt;
  }

  /** Another batch begins. */
  void begin() {
    count = 0;
  }

  /** That command of the batch was sent here. */
  void sent(int command) {
    if (count == commands.length) {
      commands = java.util.Arrays.copyOf(commands, 2 * count);
    }
    commands[count++] = command;
  }

  /** How many of the batch were sent over this connection. */
  int count() {
    return count;
  }

  /** The batch's number of the command that was sent here at that place. */
  int command(int place) {
    return commands[place];
  }

  void close() {
    RedisConnection open = connection;
    if (open != null) {
      open.close();
    }
  }
}
