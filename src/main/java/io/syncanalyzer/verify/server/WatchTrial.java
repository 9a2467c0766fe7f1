package io.syncanalyzer.verify.server;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.wire.RawConnection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Tries whether a server's WATCH notices what another connection writes. What stands in for a
 * server (a proxy, a rewrite) may take WATCH and do nothing with it.
 */
public final class WatchTrial {
  /** How many writes a trial makes that could be made. */
  public static final int WRITES = 2;

  private WatchTrial() {}

  /**
   * Writes a key of our own, and removes it again.
   *
   * @param key as a fence's, so that {@code clean} knows it for ours
   * @param told gets a line where the key stays
   * @return empty where it could not be tried: the key may be neither watched nor written
   */
  public static Optional<Boolean> notices(
      Connections connections, Endpoint source, String key, Consumer<String> told) {
    return connections.with(
        source, one -> connections.with(source, other -> notices(one, other, key, told)));
  }

  private static Optional<Boolean> notices(
      RawConnection watching, RawConnection writing, String key, Consumer<String> told) {
    watching.out().command("WATCH", key);
    watching.out().command("UNWATCH");
    watching.out().flush();
    Reply allowed = watching.in().reply();
    watching.in().reply();
    if (allowed instanceof Reply.Failed) {
      return Optional.empty();
    }
    Optional<Watch> watch = Watch.begin(watching, List.of(Bytes.utf8(key)));
    writing.out().command("SET", key, UUID.randomUUID().toString());
    writing.out().command("DEL", key);
    writing.out().flush();
    boolean written = !(writing.in().reply() instanceof Reply.Failed);
    Reply removed = writing.in().reply();
    boolean stoodStill = watch.isPresent() && watch.get().stoodStill();
    if (written && removed instanceof Reply.Failed refusal) {
      told.accept(
          "a key of our own stays on the "
              + writing.endpoint()
              + " ("
              + refusal.message()
              + "): "
              + key
              + "; `clean` removes it");
    }
    return watch.isPresent() && written ? Optional.of(!stoodStill) : Optional.empty();
  }
}
