package io.syncanalyzer.verify.server;

import io.syncanalyzer.redis.Counted;
import java.util.Locale;
import java.util.Optional;

/**
 * The numbers of keys when a pass ended: the source's before and after a fence, the replica's
 * between.
 *
 * @param begun the source's when the pass began
 * @param before the source's at the end, before the fence
 * @param replica the replica's after the fence
 * @param after the source's after that
 * @param expiring keys of the source that may be counted although they have expired, as nobody has
 *     looked at them lately; a SCAN of the replica has removed its own
 */
public record KeysAtEnd(long begun, long before, long replica, long after, long expiring) {
  private static final long SLACK = 100;

  /** Says that the source was emptied meanwhile; empty where it was not. */
  public Optional<String> vanished(int database) {
    long least = Math.min(before, after);
    return begun - least <= least + SLACK
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "db %d: the source held %s when this began and %,d at its end; what was"
                    + " looked at before they went is counted",
                database,
                Counted.words(begun, "key"),
                least));
  }

  /**
   * Says that the replica lost keys behind our scan: that it has fewer than what was found says, by
   * more than live writes and expiries account for; empty where it has not.
   *
   * @param absent keys that were found not to be on the replica
   */
  public Optional<String> lost(int database, long absent) {
    long least = Math.min(before, after);
    long slack = Math.abs(before - after) + least / 100 + SLACK + expiring;
    return replica >= least - absent - slack
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "the replica lost keys while it was compared: at the end, at a fence, it held %,d"
                    + " of db %d and the source %,d; verify again",
                replica,
                database,
                least));
  }
}
