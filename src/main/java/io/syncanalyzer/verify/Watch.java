package io.syncanalyzer.verify;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.RawConnection;
import io.syncanalyzer.redis.RawOutput;
import io.syncanalyzer.redis.Reply;
import java.util.List;

/**
 * Tells whether keys of a source were touched while they were read: by WATCH and an empty
 * transaction, which goes through only if they were not.
 *
 * <p>Source: <a href="https://redis.io/docs/latest/commands/watch/">WATCH</a>.
 */
final class Watch {
  private Watch() {}

  /**
   * Begins to watch keys; {@link #stoodStill} ends it. False, and nothing is watched, where one of
   * the keys may not be.
   */
  static boolean begin(RawConnection source, List<Bytes> keys) {
    RawOutput out = source.out();
    out.begin(1 + keys.size());
    out.part("WATCH");
    keys.forEach(out::part);
    out.flush();
    if (source.in().reply() instanceof Reply.Failed failed) {
      if (failed.code().equals("NOPERM")) {
        return false;
      }
      throw source.refused("WATCH", failed);
    }
    return true;
  }

  /** Ends the watch; whether no watched key was touched since it began. */
  static boolean stoodStill(RawConnection source) {
    source.out().command("MULTI");
    source.out().command("EXEC");
    source.out().flush();
    source.in().reply();
    return source.in().reply() instanceof Reply.Items;
  }
}
