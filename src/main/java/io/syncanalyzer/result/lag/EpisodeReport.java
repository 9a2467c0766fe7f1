package io.syncanalyzer.result.lag;

import io.syncanalyzer.result.figure.Lists;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The episodes of lag of a run.
 *
 * @param rows {@code episodes.csv}, in the order they began
 * @param leftOut how many smaller ones there were beside them
 * @param bands what counted as back, in words, a line for each band
 */
public record EpisodeReport(List<Episode> rows, long leftOut, List<String> bands) {
  /** So many are kept, the largest ones. */
  public static final int MOST = 200;

  public EpisodeReport {
    rows = Lists.copy(rows);
    bands = Lists.copy(bands);
  }

  /**
   * The largest of these, numbered in the order they began.
   *
   * @param found of all replicas and shards
   * @param before how many more were found and not kept
   * @param bands in words
   */
  public static EpisodeReport of(List<Episode> found, long before, List<String> bands) {
    List<Episode> kept =
        found.stream().sorted(Episode.LARGEST_FIRST).limit(MOST).sorted(Episode.BY_BEGIN).toList();
    List<Episode> numbered = new ArrayList<>();
    for (Episode one : kept) {
      numbered.add(one.numbered(numbered.size() + 1L));
    }
    return new EpisodeReport(numbered, before + found.size() - kept.size(), bands);
  }

  /** How many there were. */
  public long count() {
    return rows.size() + leftOut;
  }

  /** The one in which a replica was furthest behind; empty where there was none. */
  public Optional<Episode> largest() {
    return rows.stream().min(Episode.LARGEST_FIRST);
  }
}
