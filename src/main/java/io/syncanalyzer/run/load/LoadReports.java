package io.syncanalyzer.run.load;

import io.syncanalyzer.insert.load.JmhLoadRow;
import io.syncanalyzer.insert.load.JmhLoadSecond;
import io.syncanalyzer.insert.load.JmhLoadSummary;
import io.syncanalyzer.load.LoadFigure;
import io.syncanalyzer.load.LoadRow;
import io.syncanalyzer.load.LoadSecond;
import io.syncanalyzer.load.LoadSummary;
import io.syncanalyzer.load.proof.CommandKind;
import io.syncanalyzer.result.Figure;
import io.syncanalyzer.result.LoadReport;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The load of either engine in the report's terms. */
final class LoadReports {
  private LoadReports() {}

  /** What memtier did. */
  static LoadReport of(LoadSummary load) {
    List<Figure> figures = new ArrayList<>();
    for (LoadFigure figure : load.figures()) {
      figures.add(new Figure("load", figure.metric(), figure.value(), figure.unit()));
    }
    return new LoadReport(
        load.engine().label(),
        load.engineVersion().orElse(null),
        load.profile(),
        load.commandLines(),
        load.seeds(),
        load.elapsed().toNanos() / 1e9,
        load.rows().stream().map(LoadReports::row).toList(),
        load.timeline().stream().map(LoadReports::second).toList(),
        figures,
        load.warnings(),
        load.incomplete());
  }

  /** What our own writers did. */
  static LoadReport of(JmhLoadSummary load, List<String> warnings) {
    List<Figure> figures = new ArrayList<>();
    load.errorReplies()
        .forEach(
            (kind, count) ->
                figures.add(
                    Figure.of(
                        "load",
                        "error_replies_" + kind.toLowerCase(java.util.Locale.ROOT),
                        count,
                        "replies")));
    List<String> all = new ArrayList<>(warnings);
    long lost = load.totals().connectionErrors();
    if (lost > 0) {
      all.add(lost + " connections of the load were lost or could not be made");
    }
    return new LoadReport(
        "jmh",
        load.jmhVersion(),
        null,
        List.of(),
        null,
        load.elapsed().toNanos() / 1e9,
        load.rows().stream().map(LoadReports::row).toList(),
        load.timeline().stream().map(LoadReports::second).toList(),
        figures,
        all,
        load.incomplete());
  }

  /** No load was asked for. */
  static LoadReport none() {
    return new LoadReport(
        "none", null, null, List.of(), null, null, List.of(), List.of(), List.of(), List.of(),
        null);
  }

  private static LoadReport.Row row(LoadRow row) {
    return new LoadReport.Row(
        row.engine().label(),
        row.command(),
        boxed(row.count()),
        row.opsPerS(),
        row.avgMs(),
        row.p50Ms(),
        row.p90Ms(),
        row.p99Ms(),
        row.p999Ms(),
        row.maxMs(),
        row.kbPerS(),
        boxed(row.connectionErrors()),
        boxed(row.errorReplies()),
        boxed(row.step()),
        boxed(row.askedOpsPerS()),
        row.kind().map(CommandKind::label).orElse(null));
  }

  private static LoadReport.Row row(JmhLoadRow row) {
    return new LoadReport.Row(
        "jmh",
        row.command(),
        row.count(),
        row.opsPerS(),
        row.avgMs(),
        row.p50Ms(),
        row.p90Ms(),
        row.p99Ms(),
        row.p999Ms(),
        row.maxMs(),
        row.kbPerS(),
        row.connectionErrors(),
        row.errorReplies(),
        null,
        null,
        row.writes() == null
            ? null
            : (row.writes() ? CommandKind.WRITE : CommandKind.READ).label());
  }

  private static LoadReport.Second second(LoadSecond second) {
    return new LoadReport.Second(
        second.second(),
        second.opsPerS(),
        second.avgMs(),
        second.p99Ms(),
        second.partial(),
        boxed(second.step()),
        second.writesPerS(),
        second.readsPerS());
  }

  private static LoadReport.Second second(JmhLoadSecond second) {
    return new LoadReport.Second(
        second.second(),
        second.opsPerS(),
        second.avgMs(),
        second.p99Ms(),
        second.partial(),
        null,
        second.writesPerS(),
        second.opsPerS() - second.writesPerS());
  }

  private static @Nullable Long boxed(OptionalLong value) {
    return value.isPresent() ? Long.valueOf(value.getAsLong()) : null;
  }

  private static @Nullable Integer boxed(OptionalInt value) {
    return value.isPresent() ? Integer.valueOf(value.getAsInt()) : null;
  }
}
