package io.syncanalyzer.verify.server;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.wire.RawConnection;
import io.syncanalyzer.redis.wire.RawOutput;
import java.util.List;
import java.util.Optional;

/**
 * Tells whether keys of a source were touched while they were read: by WATCH and an empty
 * transaction, which goes through only if they were not. A watch is its connection's: where another
 * took its place meanwhile, nothing is known.
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
    RawOutput out = source.out();
    out.begin(1 + keys.size());
    out.part("WATCH");
    keys.forEach(out::part);
    out.flush();
    if (source.in().reply() instanceof Reply.Failed failed) {
      if (failed.code().equals("NOPERM")) {
        return Optional.empty();
      }
      throw source.refused("WATCH", failed);
    }
    return Optional.of(new Watch(source));
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
