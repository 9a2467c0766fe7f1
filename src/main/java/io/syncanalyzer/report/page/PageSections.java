package io.syncanalyzer.report.page;

import io.syncanalyzer.report.files.Cell;
import io.syncanalyzer.report.files.Distributions;
import io.syncanalyzer.report.files.Figures;
import io.syncanalyzer.report.files.Tables;
import io.syncanalyzer.report.page.Charts.Spec;
import io.syncanalyzer.report.page.PageView.Chart;
import io.syncanalyzer.report.page.PageView.HtmlTable;
import io.syncanalyzer.report.page.PageView.Section;
import io.syncanalyzer.result.DrainReport;
import io.syncanalyzer.result.InsertReport;
import io.syncanalyzer.result.LagReport;
import io.syncanalyzer.result.Limit;
import io.syncanalyzer.result.LoadReport;
import io.syncanalyzer.result.RunReport;
import io.syncanalyzer.result.SideReport;
import io.syncanalyzer.result.figure.Bound;
import io.syncanalyzer.result.figure.Numbers;
import io.syncanalyzer.result.lag.LagAccounting;
import io.syncanalyzer.result.verify.ReplicaTotals;
import io.syncanalyzer.result.verify.VerifyReport;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The parts of the page, one for each part of the run; null where that did not run. */
final class PageSections {
  private static final List<String> PERCENTILES =
      List.of("min", "50", "90", "95", "99", "99.9", "99.99", "max");

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

  @Nullable Section lag(RunReport run, Distributions recorded) {
    LagReport lag = run.lag();
    DrainReport drain = run.drain();
    if (lag == null) {
      return recorded.totals().isEmpty() ? null : lagUntilItBroke(recorded);
    }
    List<Chart> figures = new ArrayList<>();
    List<String> replicas = LagCharts.replicas(lag);
    for (int i = 0; i < replicas.size(); i++) {
      chart(
          figures,
          "lag-time-" + (i + 1),
          "Lag over time" + (replicas.get(i).isEmpty() ? "" : " on " + replicas.get(i)) + ".",
          "By second: the median with its upper and lower bound, the 99th percentile and the"
              + " largest lag (upper bounds), and the load's rate. A bound beneath the axis is"
              + " drawn at its foot.",
          LagCharts.overTime(lag, replicas.get(i), recorded));
    }
    chart(
        figures,
        "lag-distribution",
        "Lag by percentile.",
        "Full lines are upper bounds, dashed ones lower bounds: the true lag lies between. A curve"
            + " ends where fewer than ten sentinels are left beyond it; a bound beneath the axis is"
            + " drawn at its foot.",
        LagCharts.distribution(lag, recorded));
    List<HtmlTable> tables = new ArrayList<>();
    tables.add(bounds(lag));
    if (!lag.accountingByShard().isEmpty()) {
      tables.add(boundsByShard(lag));
    }
    tables.add(
        HtmlTable.of(
            Tables.LAG_ACCOUNTING,
            "Where the sentinels went: scheduled = failed + unknown + observed + censored",
            false,
            lag.accounting()));
    tables.add(HtmlTable.of(Tables.LAG, "Every percentile", true, lag.percentiles()));
    tables.add(HtmlTable.of(Tables.LAG_TIMELINE, "Every second", true, lag.together().timeline()));
    List<String> notes = new ArrayList<>();
    notes.add(
        "The lag of a sentinel is known to lie between a lower bound (from the write's"
            + " acknowledgement to the last poll that did not see it) and an upper bound (from its"
            + " sending to the reply that showed it). One never seen has a lower bound alone: how"
            + " long it certainly was not there; a percentile that reaches into these is >= its"
            + " lower bound. The floor is the same probe with the source in the"
            + " replica's place, as far away: it cannot see below that.");
    lag.distances().forEach(words -> notes.add("The probe's " + words + "."));
    if (drain != null) {
      notes.add(
          drain.seconds() == null
              ? "The drain did not end: " + Cell.of(drain.incomplete())
              : "After the load the replica had everything within "
                  + Numbers.seconds(drain.seconds())
                  + " ("
                  + drain.fence()
                  + ").");
    }
    return new Section("lag", "Lag", notes, figures, tables, List.of());
  }

  /** Of a run that was killed there is only what was recorded until then. */
  private Section lagUntilItBroke(Distributions recorded) {
    List<Chart> figures = new ArrayList<>();
    chart(
        figures,
        "lag-distribution",
        "Lag by percentile, of the sentinels seen.",
        "Recorded until the run broke off. What was never seen is not counted: these are no"
            + " percentiles of all that was sent.",
        LagCharts.distribution(
            new LagReport(List.of(), List.of(), List.of(), List.of(), List.of(), null, List.of()),
            recorded));
    return new Section("lag", "Lag", List.of(), figures, List.of(), List.of());
  }

  /** Percentiles as intervals in milliseconds, a row for each phase and replica. */
  private static HtmlTable bounds(LagReport lag) {
    List<String> head = new ArrayList<>(List.of("phase"));
    PERCENTILES.forEach(p -> head.add(Character.isDigit(p.charAt(0)) ? "p" + p : p));
    head.add("sentinels");
    List<List<String>> rows = new ArrayList<>();
    for (LagAccounting account : lag.accountingByReplica()) {
      List<String> row = new ArrayList<>();
      row.add(account.phase() + (account.replica() == null ? "" : " " + account.replica()));
      for (String percentile : PERCENTILES) {
        row.add(lag.interval(account, percentile, Bound.Digits.PAGE));
      }
      row.add(Numbers.words(account.samples()));
      rows.add(row);
    }
    return HtmlTable.of("Lag in milliseconds, lower .. upper bound", false, head, rows);
  }

  /** The same of the main phase, a row for each shard. */
  private static HtmlTable boundsByShard(LagReport lag) {
    List<String> head = new ArrayList<>(List.of("shard", "replica"));
    PERCENTILES.forEach(p -> head.add(Character.isDigit(p.charAt(0)) ? "p" + p : p));
    head.addAll(List.of("sentinels", "never seen", "failed", "unknown"));
    List<List<String>> rows = new ArrayList<>();
    for (LagAccounting account : lag.accountingByShard()) {
      List<String> row = new ArrayList<>();
      row.add(Cell.of(account.shard()));
      row.add(Cell.of(account.replica()));
      for (String percentile : PERCENTILES) {
        row.add(lag.interval(account, percentile, Bound.Digits.PAGE));
      }
      row.add(Numbers.words(account.samples()));
      row.add(Numbers.words(account.censored()));
      row.add(Numbers.words(account.writeFailed()));
      row.add(Numbers.words(account.writeUnknown()));
      rows.add(row);
    }
    return HtmlTable.of("Lag by shard in milliseconds, lower .. upper bound", false, head, rows);
  }

  @Nullable Section load(@Nullable LoadReport load) {
    if (load == null) {
      return null;
    }
    List<Chart> figures = new ArrayList<>();
    chart(
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
        List.of(
            HtmlTable.of(Tables.LOAD, "Load by command", false, load.rows()),
            HtmlTable.of(Tables.LOAD_TIMELINE, "Every second", true, load.timeline())),
        List.of());
  }

  @Nullable Section inserts(@Nullable InsertReport insert) {
    if (insert == null) {
      return null;
    }
    List<Chart> figures = new ArrayList<>();
    chart(
        figures,
        "inserts-types",
        "Latency of the sentinels' writes by type.",
        "What JMH measured at the source, from call to reply.",
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
    chart(
        figures,
        "verify-types",
        "Keys by type and verdict.",
        "A point for each type and verdict that has keys.",
        OtherCharts.verify(verify));
    List<HtmlTable> tables = new ArrayList<>();
    if (run.verify() != null) {
      tables.add(
          HtmlTable.of(Tables.VERIFY, "Keys by type and verdict", false, run.verify().rows()));
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

  private void chart(
      List<Chart> figures, String id, String title, String words, @Nullable Spec spec) {
    if (spec != null) {
      charts.add(id, spec);
      figures.add(new Chart(id, title, words));
    }
  }
}
