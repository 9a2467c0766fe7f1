package io.syncanalyzer.fence;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.server.ServerInfo;
import java.util.List;

/**
 * One server as a fence needs it: a connection ({@link ConnectedServer}), or what a test scripts.
 * For one thread, save {@link #close}, which any thread may call to end a wait. Whatever asks it
 * throws a {@link RedisFailure} where the server is lost.
 */
interface FenceServer extends AutoCloseable {
  Endpoint endpoint();

  /** What it says of its replication. */
  ServerInfo replication();

  /** Sends a command and waits for its reply. */
  Reply call(String command, String... arguments);

  /** Sends commands at once and waits for their replies; gives the last. */
  Reply lastOf(List<List<String>> commands);

  /** What it means that the server answered a command that is needed with this error. */
  RedisFailure refused(String command, Reply.Failed failed);

  /** Makes sure that the connection is there, so that the next call is not held up by that. */
  void keepAwake();

  /** Another connection to the same server, for when this one is lost, closed or in use. */
  FenceServer again();

  /**
   * A connection to whoever serves a key of this server's by now; to this one, if it still does.
   */
  FenceServer ownerOf(String key);

  @Override
  void close();
}
