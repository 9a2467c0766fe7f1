package io.syncanalyzer.report.compare;

import io.syncanalyzer.report.files.Spread;
import io.syncanalyzer.report.page.Charts;
import io.syncanalyzer.report.page.PageView;
import io.syncanalyzer.report.page.PageView.HtmlTable;
import io.syncanalyzer.report.page.PageView.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A comparison as a page of the same frame as a run's. */
final class ComparePage {
  private ComparePage() {}

  static PageView view(Comparison comparison, OptionalDouble failIfWorsePercent) {
    Banner banner = Banner.of(comparison, failIfWorsePercent);
    Charts charts = new Charts();
    List<Section> sections = new ArrayList<>();
    sections.add(sideBySide(comparison, charts));
    sections.add(
        new Section(
            "figures",
            "All figures",
            List.of(
                "What is judged is runs, for the samples within one are alike. A figure is better"
                    + " or worse where the test of Mann and Whitney says so at 95 % and the"
                    + " interval of the median difference leaves out zero; the same where that"
                    + " interval lies within 5 %. ~ is what so many runs cannot tell, with an"
                    + " estimate of how many of either would: 4 where they lie quite apart, more"
                    + " where they mix. Keys and sentinels are counted: one where there was none is"
                    + " worse as found. Of figures that did not change, one in twenty is called"
                    + " better or worse by chance.",
                "A percentile of lag is judged by its upper bound; where the bounds of both"
                    + " overlap, the true lags may be the same. One with sentinels never seen has"
                    + " no upper bound: it is worse where its lower one alone is, else nobody can"
                    + " tell."),
            List.of(),
            List.of(
                HtmlTable.of(
                    Comparison.TABLE, "Every figure and its spread", true, comparison.rows())),
            List.of()));
    return new PageView(
        "Comparison with " + comparison.names().get(0),
        "Redis replication analyzer · compare",
        banner.mood().name().toLowerCase(Locale.ROOT),
        banner.word() + " · exit status " + comparison.status(failIfWorsePercent).code(),
        banner.headline(),
        "",
        banner.reasons(),
        List.of(),
        sections,
        "Made by the Redis replication analyzer. compare.csv holds every figure on this page.",
        charts.json());
  }

  private static Section sideBySide(Comparison comparison, Charts charts) {
    List<String> head = new ArrayList<>(List.of("figure", "unit"));
    head.addAll(comparison.names());
    comparison.names().stream().skip(1).forEach(name -> head.add("change of " + name));
    List<List<String>> rows = new ArrayList<>();
    List<Metric> metrics = comparison.rows().stream().map(ComparedRow::metric).distinct().toList();
    for (Metric metric : metrics) {
      List<ComparedRow> across =
          comparison.rows().stream().filter(row -> row.metric().equals(metric)).toList();
      List<String> cells = new ArrayList<>();
      cells.add(metric.phase() + " " + metric.name());
      cells.add(metric.unit());
      cells.add(spread(across.get(0).before(), across.get(0)));
      across.forEach(row -> cells.add(spread(row.after(), row)));
      across.forEach(
          row ->
              cells.add(
                  Stream.of(CompareWords.word(row), changeOf(row))
                      .filter(text -> !text.isEmpty())
                      .collect(Collectors.joining(", "))));
      rows.add(cells);
    }
    List<PageView.Chart> figures = new ArrayList<>();
    chart(comparison, charts, figures);
    return new Section(
        "runs",
        "Side by side",
        List.of(
            "Where a run was repeated: its median, then smallest and largest in brackets. Beside"
                + " the change of the median, what it is between and how sure that is."),
        figures,
        List.of(HtmlTable.of("Figures of each run", false, head, rows)),
        List.of());
  }

  /** By how much, and what that is between. */
  private static String changeOf(ComparedRow row) {
    String interval = CompareWords.interval(row);
    return row.metric().isCapacity()
        ? ""
        : (CompareWords.percent(row.changePercent())
                + (interval.isEmpty() ? "" : " (" + interval + ")"))
            .strip();
  }

  private static String spread(@Nullable Spread spread, ComparedRow row) {
    if (spread == null) {
      return "";
    }
    if (row.metric().isCapacity()) {
      return Capacities.words(spread);
    }
    String range = CompareWords.range(spread, row);
    return CompareWords.median(spread, row) + (range.isEmpty() ? "" : " (" + range + ")");
  }

  private static void chart(Comparison comparison, Charts charts, List<PageView.Chart> figures) {
    List<String> wanted =
        List.of("p50_upper", "p90_upper", "p99_upper", "p99.9_upper", "max_upper");
    List<String> percentiles = new ArrayList<>();
    List<List<@Nullable Double>> values = new ArrayList<>();
    comparison.names().forEach(name -> values.add(new ArrayList<>()));
    for (String name : wanted) {
      List<ComparedRow> across =
          comparison.rows().stream()
              .filter(row -> row.metric().phase().equals("lag") && row.metric().name().equals(name))
              .toList();
      if (across.isEmpty()) {
        continue;
      }
      percentiles.add(name.replace("_upper", ""));
      values.get(0).add(millis(across.get(0).before()));
      for (int i = 0; i < across.size(); i++) {
        values.get(i + 1).add(millis(across.get(i).after()));
      }
    }
    if (values.stream().flatMap(List::stream).noneMatch(Objects::nonNull)) {
      return;
    }
    List<Charts.Series> series = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      series.add(
          new Charts.Series(
              comparison.names().get(i),
              0,
              1 + i % 6,
              i < 6 ? "bars" : "hollow",
              values.get(i),
              Charts.Rounds.UP));
    }
    List<Double> x = new ArrayList<>();
    for (int i = 0; i < percentiles.size(); i++) {
      x.add((double) i);
    }
    charts.add(
        "compare-lag",
        new Charts.Spec(
            "names",
            "percentile",
            x,
            percentiles,
            List.of(new Charts.Axis("lag, upper bound, ms", true)),
            series,
            List.of()));
    figures.add(
        new PageView.Chart(
            "compare-lag",
            "Lag by percentile.",
            "Upper bounds; the median of repeated runs. The axis is logarithmic."));
  }

  private static @Nullable Double millis(@Nullable Spread spread) {
    Double median = spread == null ? null : Spread.known(spread.median());
    return median == null ? null : Double.valueOf(median / 1e3);
  }
}
