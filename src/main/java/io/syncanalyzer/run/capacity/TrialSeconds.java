package io.syncanalyzer.run.capacity;

import io.syncanalyzer.result.lag.LagSecond;
import io.syncanalyzer.run.lag.Track;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The measured seconds of a trial as they end, by replica and shard. Filled by a thread of the
 * probe, read by the trial's.
 */
final class TrialSeconds implements Consumer<LagSecond> {
  private final String phase;
  private final Map<Track, List<LagSecond>> rows = new HashMap<>();

  /**
   * @param phase the word of the rows that count
   */
  TrialSeconds(String phase) {
    this.phase = phase;
  }

  @Override
  public synchronized void accept(LagSecond row) {
    if (row.phase().equals(phase) && row.second() >= 0) {
      rows.computeIfAbsent(Track.of(row), any -> new ArrayList<>()).add(row);
    }
  }

  /** Whose seconds there are. */
  synchronized Set<Track> tracks() {
    return Set.copyOf(rows.keySet());
  }

  /** How many replicas are watched. */
  synchronized long replicas() {
    return rows.keySet().stream().map(Track::replica).distinct().count();
  }

  /** How many shards each replica's sentinels are spread over. */
  synchronized long shards() {
    return Math.max(1, rows.keySet().stream().map(Track::shard).distinct().count());
  }

  /**
   * The whole seconds of one, in order.
   *
   * @param before none that ends after so many seconds of the measured time
   */
  synchronized List<LagSecond> of(Track track, long before) {
    return rows.getOrDefault(track, List.of()).stream()
        .filter(row -> row.second() + row.span() <= before)
        .toList();
  }

  /**
   * How far behind a second was: its median; where too few were seen for one, the greatest lower
   * bound of those still waited for. Null where nothing was sent to tell it by.
   */
  static @Nullable Long lagNanos(LagSecond row) {
    if (row.p50UpperNanos() != null) {
      return row.p50UpperNanos();
    }
    return row.outstandingOrZero() > 0 ? row.maxLowerNanos() : null;
  }
}
