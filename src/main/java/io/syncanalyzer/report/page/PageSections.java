package io.syncanalyzer.report.page;

import io.syncanalyzer.report.files.Cell;
import io.syncanalyzer.report.files.Figures;
import io.syncanalyzer.report.files.Tables;
import io.syncanalyzer.report.page.PageView.Chart;
import io.syncanalyzer.report.page.PageView.HtmlTable;
import io.syncanalyzer.report.page.PageView.Section;
import io.syncanalyzer.result.InsertReport;
import io.syncanalyzer.result.Limit;
import io.syncanalyzer.result.RunReport;
import io.syncanalyzer.result.SideReport;
import io.syncanalyzer.result.figure.Numbers;
import io.syncanalyzer.result.verify.ReplicaTotals;
import io.syncanalyzer.result.verify.VerifyReport;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The parts of the page, one for each part of the run; null where that did not run. */
final class PageSections {
  private final Charts charts;

  PageSections(Charts charts) {
    this.charts = charts;
  }

  Section overview(RunReport run) {
    List<HtmlTable> tables = new ArrayList<>();
    if (!run.limits().isEmpty()) {
      tables.add(
          HtmlTable.of(
              "Limits",
              false,
              List.of("option", "allows", "measured", "kept"),
              run.limits().stream().map(PageSections::limit).toList()));
    }
    if (!run.sides().isEmpty()) {
      tables.add(sides(run.sides()));
    }
    tables.add(HtmlTable.of(Tables.SUMMARY, "All figures", true, Figures.of(run)));
    return new Section(
        "overview",
        "Overview",
        Stream.concat(
                run.allWarnings().stream().map(line -> "Warning: " + line),
                run.notes().stream().map(line -> "Note: " + line))
            .toList(),
        List.of(),
        tables,
        List.of());
  }

  private static List<String> limit(Limit limit) {
    Boolean kept = limit.kept();
    return List.of(
        limit.option(),
        limit.allowed(),
        limit.measured(),
        kept == null ? "cannot be told: " + limit.words() : kept ? "kept" : "broken");
  }

  private static HtmlTable sides(List<SideReport> sides) {
    boolean cluster = sides.stream().anyMatch(side -> side.slots() != null);
    List<String> head =
        List.of("side", "address", "server", "role", "link", "follows", "offset", "keys", "memory");
    return HtmlTable.of(
        "The two sides at the start",
        false,
        cluster ? with(head, "slots") : head,
        sides.stream()
            .map(side -> cluster ? with(cells(side), Cell.of(side.slots())) : cells(side))
            .toList());
  }

  private static List<String> with(List<String> cells, String more) {
    return Stream.concat(cells.stream(), Stream.of(more)).toList();
  }

  private static List<String> cells(SideReport side) {
    return List.of(
        side.side().label(),
        side.uri(),
        Cell.of(side.product()),
        Cell.of(side.role()),
        Cell.of(side.link()),
        Cell.of(side.follows()),
        side.offset() == null ? "" : Numbers.words(side.offset()),
        side.keys() == null ? "" : Numbers.words(side.keys()),
        side.usedMemoryBytes() == null ? "" : Numbers.bytes(side.usedMemoryBytes()));
  }

  @Nullable Section inserts(@Nullable InsertReport insert) {
    if (insert == null) {
      return null;
    }
    List<Chart> figures = new ArrayList<>();
    charts.add(
        figures,
        "inserts-types",
        "Latency of the sentinels' writes by type.",
        "What JMH measured at the source, from call to reply. The axis is logarithmic.",
        OtherCharts.inserts(insert));
    return new Section(
        "inserts",
        "Inserts",
        List.of(),
        figures,
        List.of(HtmlTable.of(Tables.INSERTS, "Sentinels' writes by type", false, insert.rows())),
        List.of());
  }

  @Nullable Section verify(RunReport run) {
    VerifyReport verify = run.verify() == null ? run.initialVerify() : run.verify();
    if (verify == null) {
      return null;
    }
    List<Chart> figures = new ArrayList<>();
    charts.add(
        figures,
        "verify-types",
        "Keys by type and verdict.",
        "A bar for each type and verdict that has keys. The axis is logarithmic.",
        OtherCharts.verify(verify));
    List<HtmlTable> tables = new ArrayList<>();
    if (run.verify() != null) {
      tables.add(
          HtmlTable.of(Tables.VERIFY, "Keys by type and verdict", false, run.verify().rows()));
      PartitionTimeline timeline = PartitionTimeline.of(run.verify().partitions());
      if (timeline != null) {
        charts.add(
            figures,
            "verify-partitions",
            "Partitions over time by executor.",
            timeline.words().all(),
            timeline.drawing());
        Stream.ofNullable(timeline.words().table()).forEach(tables::add);
      }
      Stream.ofNullable(PartitionsView.of(run.verify())).forEach(tables::add);
    }
    if (run.initialVerify() != null && !run.initialVerify().rows().isEmpty()) {
      tables.add(
          HtmlTable.of(
              Tables.VERIFY, "Before anything was written", true, run.initialVerify().rows()));
    }
    return new Section(
        "verification",
        "Verification",
        paragraphs(
            verify.replicas(),
            "Compared: "
                + verify.scope()
                + ". Fence: "
                + verify.fence()
                + ". Keys on the source "
                + words(verify.sourceKeys())
                + (verify.replicas().isEmpty() ? ", on the replica " : ", on all replicas ")
                + words(verify.replicaKeys())
                + ", on both "
                + words(verify.commonKeys())
                + "."
                + verify.notLookedAt().reasons().stream()
                    .map(reason -> " Not complete: " + reason + ".")
                    .collect(Collectors.joining())),
        figures,
        tables,
        List.of());
  }

  /** The first, and one for each of several replicas. */
  private static List<String> paragraphs(List<ReplicaTotals> replicas, String first) {
    List<String> all = new ArrayList<>(List.of(first));
    replicas.forEach(one -> all.add("Replica " + one.replica() + ": " + one.words() + "."));
    ReplicaTotals.worst(replicas).ifPresent(one -> all.add("Worst: " + one.replica() + "."));
    return all;
  }

  private static String words(@Nullable Long keys) {
    return keys == null ? "" : Numbers.words(keys);
  }

  @Nullable Section mismatches(@Nullable VerifyReport verify) {
    if (verify == null || verify.mismatches().isEmpty()) {
      return null;
    }
    return new Section(
        "mismatches",
        "Mismatches",
        List.of(
            "The first "
                + Numbers.words(verify.mismatches().size())
                + "; mismatches.csv has all. Keys and values are lossless text: \\xHH is a byte"
                + " that is not printable."),
        List.of(),
        List.of(
            HtmlTable.of(
                "Mismatches",
                false,
                MismatchView.HEAD,
                verify.mismatches().stream().map(MismatchView::row).toList())),
        List.of());
  }

  /** How the files beside the page come into a spreadsheet without becoming something else. */
  Section files() {
    return new Section(
        "files",
        "The CSV files in a spreadsheet",
        List.of(
            "No figure in them is read as another number: microseconds, bytes and rates from a"
                + " hundred a second up are whole (lower bounds rounded down, upper ones up), and"
                + " no other figure has exactly three decimals. Where a comma is the decimal sign,"
                + " those with decimals come as text when a file is opened by double click:"
                + " import it with the language English (USA), or have the files written for your"
                + " locale by report RUN --csv-locale de-DE.",
            "Keys, fields, values and names are text, but a spreadsheet makes a date of 2024-01-02"
                + " and a number of 007 or 1,5. Import mismatches.csv and give the columns key,"
                + " field, source_value and replica_value the type Text: in LibreOffice Calc in the"
                + " import dialog, in Excel by Data, From Text/CSV, Transform Data."),
        List.of(),
        List.of(),
        List.of());
  }
}
