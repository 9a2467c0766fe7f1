package io.syncanalyzer.report.screen;

import io.syncanalyzer.result.lag.Episode;
import io.syncanalyzer.result.lag.EpisodeReport;
import io.syncanalyzer.result.lag.EpisodeWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The episodes of lag on the console: the largest in full, of the others how many by cause. */
final class EpisodeLines {
  private static final int LONGEST = 175;

  private EpisodeLines() {}

  static List<String> of(EpisodeReport episodes) {
    List<String> lines = new ArrayList<>();
    Optional<Episode> largest = episodes.largest();
    if (largest.isEmpty()) {
      lines.add(EpisodeWords.count(episodes));
      return withBand(lines, episodes);
    }
    Episode one = largest.get();
    lines.add(
        (episodes.count() == 1
                ? "1 episode of lag, "
                : "the largest of " + EpisodeWords.count(episodes) + ", ")
            + EpisodeWords.size(one));
    lines.add(EpisodeWords.cut(EpisodeWords.cause(one) + ": " + one.evidence(), LONGEST));
    lines.add(EpisodeWords.cut("against other causes: " + one.against(), LONGEST));
    List<Episode> others = episodes.rows().stream().filter(other -> !other.equals(one)).toList();
    if (!others.isEmpty()) {
      lines.add(
          "the others: "
              + EpisodeWords.causes(others)
              + (episodes.leftOut() == 0 ? "" : ", and " + episodes.leftOut() + " smaller ones"));
    }
    return others.isEmpty() && episodes.bands().size() == 1
        ? Stream.concat(lines.stream(), episodes.bands().stream()).toList()
        : withBand(lines, episodes);
  }

  /** What is no episode; of several shards or replicas each has its own, on the page. */
  private static List<String> withBand(List<String> lines, EpisodeReport episodes) {
    if (episodes.bands().size() == 1) {
      int last = lines.size() - 1;
      lines.set(last, lines.get(last) + "; " + episodes.bands().get(0));
    }
    return lines;
  }
}
