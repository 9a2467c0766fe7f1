package io.syncanalyzer.verify.server;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.wire.RawConnection;
import io.syncanalyzer.redis.wire.RedisConnection;

/**
 * Which servers these are, by what they say of themselves: two, and the same ones at the end as at
 * the begin.
 */
public final class ServerIdentity {
  private ServerIdentity() {}

  public static void refuseReplaced(ServerInfo before, ServerInfo after, Endpoint endpoint) {
    if (!before.runId().equals(after.runId()) || !before.role().equals(after.role())) {
      throw new VerifyFailure(
          VerifyFailure.Kind.REPLACED,
          "the "
              + endpoint
              + " was restarted, replaced or failed over meanwhile; what was read of it is kept,"
              + " but verify again",
          null);
    }
  }

  public static ServerInfo infoOf(Endpoint endpoint) {
    try (RedisConnection connection = RedisConnection.open(endpoint)) {
      return ServerInfo.readLoaded(connection);
    }
  }

  /** What the server at the other end says of itself. */
  public static ServerInfo infoOf(RawConnection connection) {
    return connection.expect("INFO") instanceof Reply.Text text
        ? ServerInfo.parse(text.bytes().asUtf8())
        : ServerInfo.parse("");
  }

  public static void refuseOneServer(ServerInfo source, ServerInfo replica) {
    if (source.runId().isPresent() && source.runId().equals(replica.runId())) {
      throw new VerifyFailure(
          VerifyFailure.Kind.SAME_SERVER,
          "--source and --replica are one and the same server; everything would be equal and"
              + " nothing proved",
          null);
    }
  }
}
