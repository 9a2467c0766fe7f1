package io.syncanalyzer.report.page;

import io.syncanalyzer.report.files.Tables;
import io.syncanalyzer.report.page.PageView.HtmlTable;
import io.syncanalyzer.result.figure.Numbers;
import io.syncanalyzer.result.lag.Certainty;
import io.syncanalyzer.result.lag.Episode;
import io.syncanalyzer.result.lag.EpisodeReport;
import io.syncanalyzer.result.lag.EpisodeWords;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The episodes of lag on the page: what, when, how long, why, how sure, and what else it was not.
 */
final class EpisodesTable {
  /** So many are told on the page, the largest ones. */
  private static final int MOST_ROWS = 30;

  private static final int LONGEST = 400;

  private EpisodesTable() {}

  /** One row at least is told. */
  static HtmlTable of(EpisodeReport episodes) {
    List<Episode> told =
        episodes.rows().stream()
            .sorted(Episode.LARGEST_FIRST)
            .limit(MOST_ROWS)
            .sorted(Episode.BY_BEGIN)
            .toList();
    boolean shards = told.stream().anyMatch(one -> one.shard() != null);
    boolean replicas = told.stream().anyMatch(one -> one.replica() != null);
    List<String> head =
        new ArrayList<>(
            List.of("episode", "seconds", "how long", "lag", "cause", "how sure", "evidence"));
    head.add("against other causes");
    if (shards) {
      head.add("shard");
    }
    if (replicas) {
      head.add("replica");
    }
    List<List<String>> rows = new ArrayList<>();
    for (Episode one : told) {
      List<String> row = new ArrayList<>();
      row.add(Numbers.words(one.episode()));
      row.add(one.secondFrom() + " to " + one.secondTo());
      row.add((one.secondTo() - one.secondFrom()) + " s" + (one.stillOpen() ? ", not back" : ""));
      row.add(EpisodeWords.behind(one));
      row.add(one.cause().label());
      row.add(one.certainty() == Certainty.NONE ? "" : one.certainty().label());
      row.add(EpisodeWords.cut(one.evidence(), LONGEST));
      row.add(EpisodeWords.cut(one.against(), LONGEST));
      if (shards) {
        row.add(one.shard() == null ? "" : one.shard());
      }
      if (replicas) {
        row.add(one.replica() == null ? "" : one.replica());
      }
      rows.add(row);
    }
    return HtmlTable.of(
        "Episodes of lag, from leaving the band to coming back ("
            + (told.size() < episodes.count()
                ? "the largest " + told.size() + " of " + Numbers.words(episodes.count()) + "; "
                : "")
            + Tables.EPISODES.file()
            + ")",
        false,
        head,
        rows);
  }

  /** What an episode is here, and how many there were. */
  static List<String> notes(EpisodeReport episodes) {
    List<String> notes = new ArrayList<>();
    String count = EpisodeWords.count(episodes);
    notes.add(
        Character.toUpperCase(count.charAt(0))
            + count.substring(1)
            + (episodes.rows().isEmpty() ? "" : " (" + EpisodeWords.causes(episodes.rows()) + ")")
            + ". "
            + episodes.bands().stream()
                .limit(MOST_ROWS)
                .map(band -> Character.toUpperCase(band.charAt(0)) + band.substring(1) + ".")
                .collect(Collectors.joining(" ")));
    return notes;
  }
}
