package io.syncanalyzer.report.page;

import io.syncanalyzer.report.files.Cell;
import io.syncanalyzer.report.files.Tables;
import io.syncanalyzer.report.page.PageView.Chart;
import io.syncanalyzer.report.page.PageView.HtmlTable;
import io.syncanalyzer.report.page.PageView.Section;
import io.syncanalyzer.result.LoadReport;
import io.syncanalyzer.result.figure.Numbers;
import io.syncanalyzer.result.load.LoadRow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of the page that is of the load. */
final class LoadSection {
  private final Charts charts;

  LoadSection(Charts charts) {
    this.charts = charts;
  }

  /** The section; null where there was no load. */
  @Nullable Section of(@Nullable LoadReport load) {
    if (load == null) {
      return null;
    }
    List<Chart> figures = new ArrayList<>();
    charts.add(
        figures,
        "load-time",
        "Load over time.",
        "Commands a second, writes apart where others are among them, and their average and 99th"
            + " percentile latency.",
        OtherCharts.load(load));
    return new Section(
        "load",
        "Load",
        List.of(
            "Engine: "
                + load.engine()
                + (load.engineVersion() == null ? "" : " " + load.engineVersion())
                + (load.profile() == null ? "" : ", profile " + load.profile())
                + "."),
        figures,
        tables(load),
        List.of());
  }

  private static List<HtmlTable> tables(LoadReport load) {
    List<HtmlTable> tables = new ArrayList<>();
    tables.add(
        HtmlTable.of(
            Tables.LOAD,
            "Load by command",
            false,
            load.rows().stream().filter(row -> row.shard() == null).toList()));
    List<List<String>> shards =
        load.rows().stream().filter(row -> row.shard() != null).map(LoadSection::shard).toList();
    if (!shards.isEmpty()) {
      tables.add(
          HtmlTable.of(
              "Load by shard, as each primary counted it",
              false,
              List.of("shard", "step", "commands", "ops_per_s", "error_replies"),
              shards));
    }
    tables.add(HtmlTable.of(Tables.LOAD_TIMELINE, "Every second", true, load.timeline()));
    return tables;
  }

  private static List<String> shard(LoadRow row) {
    return List.of(
        Cell.of(row.shard()),
        Cell.of(row.step()),
        row.count() == null ? "" : Numbers.words(row.count()),
        row.opsPerS() == null ? "" : Numbers.words(Math.round(row.opsPerS())),
        row.errors().replies() == null ? "" : Numbers.words(row.errors().replies()));
  }
}
