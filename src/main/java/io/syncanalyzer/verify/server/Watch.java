package io.syncanalyzer.verify.server;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.topology.HashSlot;
import io.syncanalyzer.redis.wire.RawConnection;
import io.syncanalyzer.redis.wire.RawOutput;
import java.util.List;
import java.util.Optional;

/**
 * Tells whether keys of a source were touched while they were read: by WATCH and an empty
 * transaction, which goes through only if they were not. In a cluster a command watches keys of one
 * slot, and a connection any number of slots. A watch is its connection's: where another took its
 * place meanwhile, nothing is known.
 *
 * <p>Source: <a href="https://redis.io/docs/latest/commands/watch/">WATCH</a>.
 */
public final class Watch {
  private final RawConnection source;
  private final int renewals;

  private Watch(RawConnection source) {
    this.source = source;
    this.renewals = source.renewals();
  }

  /**
   * Begins to watch keys; {@link #stoodStill} ends it. Empty, and nothing is watched, where one of
   * the keys may not be.
   */
  public static Optional<Watch> begin(RawConnection source, List<Bytes> keys) {
    int commands = 0;
    for (int from = 0; from < keys.size(); commands++) {
      int to = source.endpoint().isInCluster() ? endOfSlot(keys, from) : keys.size();
      RawOutput out = source.out();
      out.begin(1 + to - from);
      out.part("WATCH");
      keys.subList(from, to).forEach(out::part);
      from = to;
    }
    source.out().flush();
    Reply.Failed refused = null;
    for (int i = 0; i < commands; i++) {
      if (source.in().reply() instanceof Reply.Failed failed) {
        refused = refused == null || isAboutKey(refused) ? failed : refused;
      }
    }
    if (refused == null) {
      return Optional.of(new Watch(source));
    }
    if (!isAboutKey(refused)) {
      throw source.refused("WATCH", refused);
    }
    if (commands > 1) {
      source.expect("UNWATCH");
    }
    return Optional.empty();
  }

  private static boolean isAboutKey(Reply.Failed failed) {
    return failed.code().equals("NOPERM");
  }

  /** Up to where keys follow in one slot: of several a cluster's node watches none. */
  private static int endOfSlot(List<Bytes> keys, int from) {
    int slot = HashSlot.of(keys.get(from));
    int to = from + 1;
    while (to < keys.size() && HashSlot.of(keys.get(to)) == slot) {
      to++;
    }
    return to;
  }

  /** Ends the watch; whether it is certain that no watched key was touched since it began. */
  public boolean stoodStill() {
    source.out().command("MULTI");
    source.out().command("EXEC");
    source.out().flush();
    source.in().reply();
    return source.in().reply() instanceof Reply.Items && source.renewals() == renewals;
  }
}
