package io.syncanalyzer.report.files;

import io.syncanalyzer.redis.Side;
import io.syncanalyzer.result.DrainReport;
import io.syncanalyzer.result.LagReport;
import io.syncanalyzer.result.LoadReport;
import io.syncanalyzer.result.RunReport;
import io.syncanalyzer.result.SideReport;
import io.syncanalyzer.result.Sides;
import io.syncanalyzer.result.capacity.CapacityInterval;
import io.syncanalyzer.result.figure.Measure;
import io.syncanalyzer.result.figure.Numbers;
import io.syncanalyzer.result.figure.Reading;
import io.syncanalyzer.result.lag.LagAccounting;
import io.syncanalyzer.result.lag.LagPercentile;
import io.syncanalyzer.result.load.LoadRow;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.result.verify.VerifyReport;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The columns of {@code runs.csv}. New ones come at the end, for ever. */
public final class RunsTable {
  /** What the row is: one run, or a figure over runs that repeat the same. */
  static final String STATISTIC = "statistic";

  /** The {@link #STATISTIC} of a row that is one run's. */
  static final String ONE_RUN = "run";

  static final String STARTED_AT = "started_at";

  /** The columns that hold words, whatever these look like. */
  private static final Set<String> WORDS = ConcurrentHashMap.newKeySet();

  static final Table<RunReport> TABLE = Table.of("runs.csv", RunsTable::describe);

  private RunsTable() {}

  private static void describe(Table.Builder<RunReport> table) {
    new Columns(table)
        .word("run_id", RunReport::runId)
        .word(STATISTIC, run -> ONE_RUN)
        .word("group", RunReport::group)
        .word("command", RunReport::command)
        // Milliseconds, for not everybody who reads times reads more digits.
        .word(STARTED_AT, run -> run.startedAt().truncatedTo(ChronoUnit.MILLIS))
        .of("elapsed_s", RunReport::elapsedSeconds)
        .of("exit_status", run -> run.verdict().status().code())
        .word("verdict", run -> run.verdict().status())
        .word("complete", run -> run.verdict().complete())
        .word("analyzer_version", run -> Figures.version(run.analyzerVersion()))
        .word("source", run -> side(run, Side.SOURCE, SideReport::uri))
        .word("source_product", run -> side(run, Side.SOURCE, SideReport::product))
        .word("replica", run -> side(run, Side.REPLICA, SideReport::uri))
        .word("replica_product", run -> side(run, Side.REPLICA, SideReport::product))
        .word("load_engine", run -> part(run.load(), LoadReport::engine))
        .word(
            "load_engine_version",
            run -> part(run.load(), load -> Figures.version(load.engineVersion())))
        .of("load_count", run -> totals(run, LoadRow::count))
        .of("load_ops_per_s", run -> totals(run, LoadRow::opsPerS))
        .of("load_avg_ms", run -> totals(run, row -> Units.millis(row.latency().meanNanos())))
        .of("load_p99_ms", run -> totals(run, row -> Units.millis(row.latency().p99Nanos())))
        .of("load_max_ms", run -> totals(run, row -> Units.millis(row.latency().maxNanos())))
        .of("load_error_replies", run -> totals(run, row -> row.errors().replies()))
        .of("lag_scheduled", run -> account(run, LagAccounting::scheduled))
        .of("lag_write_failed", run -> account(run, LagAccounting::writeFailed))
        .of("lag_write_unknown", run -> account(run, LagAccounting::writeUnknown))
        .of("lag_observed", run -> account(run, LagAccounting::observed))
        .of("lag_censored", run -> account(run, LagAccounting::censored))
        .bounds("floor_p50", LagReport.FLOOR, "50")
        .bounds("floor_p99", LagReport.FLOOR, "99")
        .bounds("baseline_p50", LagReport.BASELINE, "50")
        .bounds("baseline_p99", LagReport.BASELINE, "99")
        .bounds("lag_p50", null, "50")
        .bounds("lag_p99", null, "99")
        .bounds("lag_p999", null, "99.9")
        .bounds("lag_max", null, "max")
        .of("lag_p99_intended_us", run -> intended(run, "99"))
        .of("lag_max_intended_us", run -> intended(run, "max"))
        .of("drain_s", run -> part(run.drain(), DrainReport::seconds))
        .of("verify_s", run -> part(run.verify(), VerifyReport::elapsedSeconds))
        .of("source_keys", run -> part(run.verify(), VerifyReport::sourceKeys))
        .of("replica_keys", run -> part(run.verify(), VerifyReport::replicaKeys))
        .keys("equal_keys", KeyVerdict.EQUAL)
        .keys("missing_keys", KeyVerdict.MISSING_ON_REPLICA)
        .keys("extra_keys", KeyVerdict.EXTRA_ON_REPLICA)
        .keys("type_differs_keys", KeyVerdict.TYPE_DIFFERS)
        .keys("value_differs_keys", KeyVerdict.VALUE_DIFFERS)
        .keys("ttl_differs_keys", KeyVerdict.TTL_DIFFERS)
        .keys("unsettled_keys", KeyVerdict.UNSETTLED)
        .keys("unreadable_keys", KeyVerdict.UNREADABLE)
        .of("warnings", run -> run.allWarnings().size())
        .word("os", run -> run.environment().os())
        .of("cpus", run -> run.environment().cpus())
        .word("java", run -> run.environment().java())
        .of("load_writes", run -> totals(run, LoadRow::writes))
        .of("load_writes_per_s", run -> totals(run, LoadRow::writesPerS))
        .of("load_reads", run -> totals(run, LoadRow::reads))
        .of("load_reads_per_s", run -> totals(run, LoadRow::readsPerS))
        .of("capacity_proven_per_s", run -> capacity(run, CapacityInterval::provenPerS))
        .of("capacity_refuted_per_s", run -> capacity(run, CapacityInterval::refutedPerS))
        .word("capacity_ending", run -> capacity(run, one -> one.ending().label()))
        .word("asked", AskedKey::of);
  }

  /** Whether a column holds figures; of one that is not ours its name tells. */
  static boolean holdsFigures(String column) {
    return TABLE.header().contains(column) ? !WORDS.contains(column) : Measure.isTold(column);
  }

  /** Column to cell, with a decimal point. */
  public static Map<String, String> row(RunReport run) {
    return RunsCsv.named(TABLE.header(), TABLE.cells(run, CsvForm.POINT));
  }

  /** The rows {@code median}, {@code min} and {@code max} over some runs. */
  static List<Map<String, String>> spread(String group, List<RunReport> runs) {
    List<Map<String, String>> rows = runs.stream().map(RunsTable::row).toList();
    List<Map<String, String>> spread = new ArrayList<>();
    for (String statistic : List.of("median", "min", "max")) {
      Map<String, String> row = new LinkedHashMap<>();
      for (String column : TABLE.header()) {
        List<String> cells = rows.stream().map(r -> r.getOrDefault(column, "")).toList();
        row.put(column, over(cells, statistic, Measure.ofColumn(column)));
      }
      row.put("run_id", group);
      row.put(STATISTIC, statistic);
      row.put("group", group);
      spread.add(row);
    }
    return spread;
  }

  /** Of words, the one they all are; of figures, the statistic; empty where one is unknown. */
  private static String over(List<String> cells, String statistic, Measure measure) {
    if (cells.stream().distinct().count() == 1) {
      return cells.get(0);
    }
    List<@Nullable Reading> figures = new ArrayList<>();
    for (String cell : cells) {
      figures.add(
          Measure.isFigure(cell) && Character.isDigit(cell.charAt(0))
              ? Reading.of(Double.parseDouble(cell))
              : null);
    }
    Spread spread = Spread.of(figures);
    if (spread == null) {
      return "";
    }
    return measure.text(
        Numbers.exact(
            switch (statistic) {
              case "min" -> spread.min();
              case "max" -> spread.max();
              default -> spread.median();
            }));
  }

  private static @Nullable Object side(RunReport run, Side side, Table.Value<SideReport> value) {
    return Sides.merged(run.sides()).stream()
        .filter(found -> found.side() == side)
        .findFirst()
        .map(value::of)
        .orElse(null);
  }

  private static <P> @Nullable Object part(@Nullable P part, Table.Value<P> value) {
    return part == null ? null : value.of(part);
  }

  private static @Nullable Object totals(RunReport run, Table.Value<LoadRow> value) {
    return run.load() == null ? null : part(run.load().totals(), value);
  }

  private static @Nullable Object account(RunReport run, Table.Value<LagAccounting> value) {
    return run.lag() == null ? null : part(run.lag().accounting(run.lag().mainPhase()), value);
  }

  private static @Nullable Object capacity(RunReport run, Table.Value<CapacityInterval> value) {
    return run.capacity() == null ? null : part(run.capacity().together(), value);
  }

  private static @Nullable Object intended(RunReport run, String percentile) {
    return run.lag() == null
        ? null
        : part(
            run.lag().percentile(run.lag().mainPhase(), percentile),
            row -> row.intended().micros());
  }

  /** Collects the columns. */
  private static final class Columns {
    private final Table.Builder<RunReport> builder;

    Columns(Table.Builder<RunReport> builder) {
      this.builder = builder;
    }

    Columns word(String name, Table.Value<RunReport> value) {
      WORDS.add(name);
      return of(name, value);
    }

    Columns of(String name, Table.Value<RunReport> value) {
      builder.column(name, value);
      return this;
    }

    /** Upper and lower of a percentile; phase null is the one the verdict speaks of. */
    Columns bounds(String name, @Nullable String phase, String percentile) {
      of(name + "_upper_us", run -> bound(run, phase, percentile, row -> row.upper().micros()));
      return of(
          name + "_lower_us", run -> bound(run, phase, percentile, row -> row.lower().micros()));
    }

    Columns keys(String name, KeyVerdict verdict) {
      return of(name, run -> part(run.verify(), verify -> verify.keys(verdict)));
    }

    private static @Nullable Object bound(
        RunReport run,
        @Nullable String phase,
        String percentile,
        Table.Value<LagPercentile> value) {
      LagReport lag = run.lag();
      return lag == null
          ? null
          : part(lag.percentile(phase == null ? lag.mainPhase() : phase, percentile), value);
    }
  }
}
