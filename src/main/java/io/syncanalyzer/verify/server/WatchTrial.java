package io.syncanalyzer.verify.server;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.wire.RawConnection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Tries whether a server's WATCH notices what another connection writes. What stands in for a
 * server (a proxy, a rewrite) may take WATCH and do nothing with it.
 */
public final class WatchTrial {
  private WatchTrial() {}

  /**
   * Writes a key of our own, and removes it again.
   *
   * @param key as a fence's, so that {@code clean} knows it for ours
   * @return empty where it could not be tried: the key may be neither watched nor written
   */
  public static Optional<Boolean> notices(Connections connections, Endpoint source, String key) {
    return connections.with(
        source, one -> connections.with(source, other -> notices(one, other, key)));
  }

  private static Optional<Boolean> notices(
      RawConnection watching, RawConnection writing, String key) {
    if (watching.call("WATCH", key) instanceof Reply.Failed) {
      return Optional.empty();
    }
    watching.call("UNWATCH");
    Optional<Watch> watch = Watch.begin(watching, List.of(Bytes.utf8(key)));
    boolean written =
        !(writing.call("SET", key, UUID.randomUUID().toString()) instanceof Reply.Failed);
    boolean stoodStill = watch.isPresent() && watch.get().stoodStill();
    if (written) {
      writing.call("DEL", key);
    }
    return watch.isPresent() && written ? Optional.of(!stoodStill) : Optional.empty();
  }
}
