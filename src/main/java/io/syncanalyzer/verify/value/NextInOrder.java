package io.syncanalyzer.verify.value;

import io.syncanalyzer.redis.Bytes;
import java.util.Collection;
import java.util.Comparator;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The next names in order out of a reply that lists all of them in whatever order, such as that of
 * VRANDMEMBER: where a server lists a value only as a whole, it is asked again and again, and each
 * time what follows the last name is kept. So the memory is bounded, at the price of passing the
 * list more than once.
 *
 * @param <V> what is kept of each name
 */
final class NextInOrder<V> {
  /** What an entry costs beside the bytes of its name. */
  private static final int OVERHEAD = 128;

  private final @Nullable Bytes after;
  private final int most;
  private final long mostBytes;
  private final TreeMap<Bytes, V> kept = new TreeMap<>(Comparator.naturalOrder());
  private long bytes;
  private boolean more;
  private boolean tooLong;

  /**
   * @param after the last name that is known already; null for none
   * @param most names kept
   * @param mostBytes kept, in about
   */
  NextInOrder(@Nullable Bytes after, int most, long mostBytes) {
    this.after = after;
    this.most = most;
    this.mostBytes = mostBytes;
  }

  /** Takes a name of the list. */
  void offer(Bytes name, V value) {
    if (after != null && name.compareTo(after) <= 0) {
      return;
    }
    if (more && name.compareTo(kept.lastKey()) > 0) {
      return;
    }
    if (kept.put(name, value) == null) {
      bytes += name.length() + OVERHEAD;
    }
    // The first is kept however long it is, or there would be no end.
    while (kept.size() > 1 && (kept.size() > most || bytes > mostBytes)) {
      tooLong |= kept.size() <= most;
      bytes -= kept.lastKey().length() + OVERHEAD;
      kept.pollLastEntry();
      more = true;
    }
  }

  /** What is kept, in order. */
  Collection<V> values() {
    return kept.values();
  }

  /** The names kept, in order. */
  Collection<Bytes> names() {
    return kept.keySet();
  }

  /** The last name kept, where more follow; null where these are the last. */
  @Nullable Bytes last() {
    return more ? kept.lastKey() : null;
  }

  /** Whether names had to be left for the next time because of their length. */
  boolean isTooLong() {
    return tooLong;
  }
}
