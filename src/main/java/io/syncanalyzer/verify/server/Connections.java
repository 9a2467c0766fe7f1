package io.syncanalyzer.verify.server;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.wire.RawConnection;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a verification, so that all can be closed at once from outside, which ends
 * every blocked read. Safe for use by several threads.
 */
public final class Connections implements AutoCloseable {
  private final List<AutoCloseable> open = new ArrayList<>();
  private final Map<Side, String> processes = new EnumMap<>(Side.class);
  private boolean closed;

  /**
   * Says which processes are verified: a server that was restarted since counts as lost, over
   * connections that are opened or made anew from now on. One that hides its id is taken as it is.
   */
  public synchronized void onlyTo(ServerInfo source, ServerInfo replica) {
    source.runId().ifPresent(id -> processes.put(Side.SOURCE, id));
    replica.runId().ifPresent(id -> processes.put(Side.REPLICA, id));
  }

  /** Others, to the same processes, that are closed with these. */
  public synchronized Connections others() {
    Connections others = new Connections();
    others.processes.putAll(processes);
    return keep(others);
  }

  public RawConnection open(Endpoint endpoint) {
    return keep(RawConnection.openUntouching(endpoint, process(endpoint.side())));
  }

  private synchronized @Nullable String process(Side side) {
    return processes.get(side);
  }

  /** Opens a connection for one use, and closes it. */
  public <T> T with(Endpoint endpoint, Function<RawConnection, T> use) {
    RawConnection connection = open(endpoint);
    try {
      return use.apply(connection);
    } finally {
      drop(connection);
    }
  }

  /** Closes one of them before the rest. */
  public synchronized void drop(RawConnection connection) {
    connection.close();
    open.remove(connection);
  }

  /** As {@link #drop}, where there is one; always null. */
  @Nullable
  public RawConnection dropped(@Nullable RawConnection connection) {
    if (connection != null) {
      drop(connection);
    }
    return null;
  }

  /** Takes over what is to be closed with the rest; closes it at once if that has been. */
  public synchronized <T extends AutoCloseable> T keep(T connection) {
    open.add(connection);
    if (closed) {
      close();
    }
    return connection;
  }

  /** Whether they have been closed. */
  public synchronized boolean isClosed() {
    return closed;
  }

  @Override
  public synchronized void close() {
    closed = true;
    for (AutoCloseable connection : open) {
      try {
        connection.close();
      } catch (Exception alreadyGone) {
        // Closing is the end of it either way.
      }
    }
    open.clear();
  }
}
