package io.syncanalyzer.report.page;

import io.syncanalyzer.report.page.Charts.Mark;
import io.syncanalyzer.result.LagReport;
import io.syncanalyzer.result.figure.Numbers;
import io.syncanalyzer.result.lag.Episode;
import io.syncanalyzer.result.lag.EpisodeReport;
import io.syncanalyzer.result.lag.LagSecond;
import io.syncanalyzer.result.load.RateKept;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What happened when on one replica, as marks on the time axis of its lag. */
final class TimeMarks {
  /** A pause shows where it is at least this, and at least half of that second's largest lag. */
  private static final long LEAST_PAUSE_NANOS = 10_000_000;

  private TimeMarks() {}

  /**
   * A mark for each kind of what there was.
   *
   * @param replica its name, empty where there is but one
   * @param rows its seconds, in order
   * @param askedByStep the rate asked of the load, 0 where it has no steps
   */
  static List<Mark> of(
      LagReport lag, String replica, List<LagSecond> rows, Map<Integer, Long> askedByStep) {
    List<Mark> marks = new ArrayList<>();
    EpisodeReport episodes = lag.episodes();
    if (episodes != null) {
      List<Episode> its =
          episodes.rows().stream()
              .filter(one -> replica.equals(one.replica() == null ? "" : one.replica()))
              .toList();
      if (!its.isEmpty()) {
        marks.add(
            new Mark(
                Numbers.count(its.size(), "episode") + " of lag",
                4,
                "band",
                its.stream().map(Episode::secondFrom).toList(),
                its.stream().map(Episode::secondTo).toList()));
      }
    }
    add(marks, "full resync", 2, "triangle", rows, row -> row.resyncs() > 0);
    add(marks, "link lost", 6, "cross", rows, row -> Boolean.FALSE.equals(row.linkUp()));
    add(marks, "pause of the probe", 3, "bars", rows, TimeMarks::isPaused);
    add(
        marks,
        "load below the rate asked for",
        5,
        "diamond",
        rows,
        row -> isBelow(row.loadShare(askedByStep)));
    return marks;
  }

  private static boolean isPaused(LagSecond row) {
    long pause = LagSecond.orZero(row.pauseMaxNanos());
    return pause >= LEAST_PAUSE_NANOS && pause >= LagSecond.orZero(row.maxUpperNanos()) / 2;
  }

  private static boolean isBelow(@Nullable Double share) {
    return share != null && share < RateKept.ENOUGH_IN_SECOND;
  }

  /** Neighbouring seconds are one. */
  private static void add(
      List<Mark> marks,
      String label,
      int colour,
      String look,
      List<LagSecond> rows,
      Predicate<LagSecond> was) {
    List<Long> from = new ArrayList<>();
    List<Long> to = new ArrayList<>();
    for (LagSecond row : rows) {
      if (was.test(row)) {
        int last = to.size() - 1;
        if (last >= 0 && to.get(last) == row.second()) {
          to.set(last, row.second() + row.span());
        } else {
          from.add(row.second());
          to.add(row.second() + row.span());
        }
      }
    }
    if (!from.isEmpty()) {
      marks.add(new Mark(label + " (" + Numbers.words(from.size()) + ")", colour, look, from, to));
    }
  }
}
