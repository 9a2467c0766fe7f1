package io.syncanalyzer.report.files;

import io.syncanalyzer.redis.Side;
import io.syncanalyzer.result.DrainReport;
import io.syncanalyzer.result.InsertReport;
import io.syncanalyzer.result.LagReport;
import io.syncanalyzer.result.Limit;
import io.syncanalyzer.result.LoadReport;
import io.syncanalyzer.result.RunReport;
import io.syncanalyzer.result.SideReport;
import io.syncanalyzer.result.Sides;
import io.syncanalyzer.result.Verdict;
import io.syncanalyzer.result.figure.Figure;
import io.syncanalyzer.result.lag.LagAccounting;
import io.syncanalyzer.result.lag.LagPercentile;
import io.syncanalyzer.result.load.InsertRow;
import io.syncanalyzer.result.load.LoadRow;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.result.verify.VerifyReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The figures of a run in long form, the rows of {@code summary.csv}. */
public final class Figures {
  private final List<Figure> all = new ArrayList<>();

  private Figures() {}

  public static List<Figure> of(RunReport run) {
    Figures figures = new Figures();
    figures.run(run);
    Sides.merged(run.sides()).forEach(figures::side);
    figures.verify("initial_verify", run.initialVerify());
    figures.load(run.load());
    figures.insert(run.insert());
    figures.lag(run.lag());
    figures.all.addAll(CapacityFigures.of(run.capacity()));
    figures.drain(run.drain());
    figures.verify("verify", run.verify());
    return List.copyOf(figures.all);
  }

  private void run(RunReport run) {
    Verdict verdict = run.verdict();
    word("run", "run_id", run.runId());
    word("run", "command", run.command());
    word("run", "verdict", verdict.status().name());
    number("run", "exit_status", verdict.status().code(), "");
    word("run", "complete", String.valueOf(verdict.complete()));
    word("run", "why_incomplete", verdict.why());
    number("run", "elapsed", run.elapsedSeconds(), "s");
    number("run", "warnings", run.allWarnings().size(), "warnings");
    for (Limit limit : run.limits()) {
      String name = limit.option().replaceFirst("^-+", "").replace('-', '_');
      Boolean kept = limit.kept();
      word("run", name, kept == null ? "unknown" : kept ? "kept" : "broken");
    }
  }

  private void side(SideReport side) {
    String prefix = side.side() == Side.SOURCE ? "source_" : "replica_";
    word("preflight", prefix + "product", side.product());
    word("preflight", prefix + "role", side.role());
    word("preflight", prefix + "link", side.link());
    number("preflight", prefix + "keys", side.keys(), "keys");
    number("preflight", prefix + "used_memory", side.usedMemoryBytes(), "bytes");
    number("preflight", prefix + "offset", side.offset(), "bytes");
    if (side.clock() != null) {
      number("preflight", prefix + "clock_ahead", side.clock().ahead(), "ms");
      number("preflight", prefix + "clock_ahead_off_by_at_most", side.clock().bound(), "ms");
      number("run", prefix + "clock_ahead_at_end", side.clock().aheadAtEnd(), "ms");
    }
  }

  private void load(@Nullable LoadReport load) {
    if (load == null) {
      return;
    }
    word("load", "engine", load.engine());
    word("load", "engine_version", version(load.engineVersion()));
    number("load", "elapsed", load.elapsedSeconds(), "s");
    LoadRow totals = load.totals();
    if (totals != null) {
      number("load", "count", totals.count(), "commands");
      number("load", "ops_per_s", totals.opsPerS(), "1/s");
      number("load", "writes", totals.writes(), "writes");
      number("load", "writes_per_s", totals.writesPerS(), "1/s");
      number("load", "reads", totals.reads(), "reads");
      number("load", "reads_per_s", totals.readsPerS(), "1/s");
      number("load", "avg", Units.millis(totals.latency().meanNanos()), "ms");
      number("load", "p50", Units.millis(totals.latency().p50Nanos()), "ms");
      number("load", "p99", Units.millis(totals.latency().p99Nanos()), "ms");
      number("load", "max", Units.millis(totals.latency().maxNanos()), "ms");
      number("load", "kb_per_s", Units.kib(totals.bytesPerS()), "KiB/s");
      number("load", "connection_errors", totals.errors().connections(), "errors");
      number("load", "error_replies", totals.errors().replies(), "errors");
    }
    for (LoadRow step : load.steps()) {
      String name = "step_" + step.step() + "_";
      number("load", name + "asked_ops_per_s", step.asked().perS(), "1/s");
      number("load", name + "ops_per_s", step.opsPerS(), "1/s");
      number("load", name + "writes_per_s", step.writesPerS(), "1/s");
      number("load", name + "reads_per_s", step.readsPerS(), "1/s");
    }
    for (Figure figure : load.figures()) {
      if (all.stream()
          .noneMatch(f -> f.phase().equals("load") && f.metric().equals(figure.metric()))) {
        all.add(new Figure("load", figure.metric(), figure.value(), figure.unit()));
      }
    }
  }

  private void insert(@Nullable InsertReport insert) {
    if (insert == null) {
      return;
    }
    long writes = 0;
    long errors = 0;
    for (InsertRow row : insert.rows()) {
      writes += row.writes() == null ? 0 : row.writes();
      errors += row.errors() == null ? 0 : row.errors();
    }
    number("insert", "types", insert.rows().size(), "types");
    number("insert", "writes", writes, "writes");
    number("insert", "errors", errors, "errors");
  }

  private void lag(@Nullable LagReport lag) {
    if (lag == null) {
      return;
    }
    LagReport together = lag.together().outsideTrials();
    for (LagPercentile row : together.percentiles()) {
      String step = row.step() == null ? "" : "step_" + row.step() + "_";
      String name = row.phase() + "_" + step + metric(row.percentile());
      bound(name + "_upper", row.upper().micros(), row.isOpen());
      bound(name + "_lower", row.lower().micros(), false);
      bound(name + "_intended", row.intended().micros(), row.isOpen());
    }
    for (LagAccounting row : together.accounting()) {
      number("lag", row.phase() + "_scheduled", row.scheduled(), "sentinels");
      number("lag", row.phase() + "_observed", row.observed(), "sentinels");
      number("lag", row.phase() + "_censored", row.censored(), "sentinels");
    }
    all.addAll(lag.figures());
  }

  private static String metric(String percentile) {
    return Character.isDigit(percentile.charAt(0))
        ? "p" + percentile.replace(".", "")
        : percentile.toLowerCase(Locale.ROOT);
  }

  private void drain(@Nullable DrainReport drain) {
    if (drain != null) {
      word("drain", "fence", drain.fence());
      number("drain", "duration", drain.seconds(), "s");
      number("drain", "timeout", drain.timeoutSeconds(), "s");
    }
  }

  private void verify(String phase, @Nullable VerifyReport verify) {
    if (verify == null) {
      return;
    }
    word(phase, "mode", verify.mode());
    word(phase, "scope", verify.scope());
    word(phase, "fence", verify.fence());
    number(phase, "elapsed", verify.elapsedSeconds(), "s");
    number(phase, "source_keys", verify.sourceKeys(), "keys");
    number(phase, "replica_keys", verify.replicaKeys(), "keys");
    number(phase, "common_keys", verify.commonKeys(), "keys");
    Map<KeyVerdict, Long> sums = verify.byVerdict();
    if (verify.mode().equals("full")) {
      for (KeyVerdict verdict : KeyVerdict.values()) {
        String metric = verdict.name().toLowerCase(Locale.ROOT);
        number(phase, metric, sums.getOrDefault(verdict, 0L), "keys");
      }
    }
    if (verify.mode().equals("full")) {
      number(phase, "appeared_not_looked_at", verify.notLookedAt().appeared(), "keys");
      number(phase, "moves_not_looked_at", verify.notLookedAt().moves(), "calls");
      number(phase, "unselectable_not_looked_at", verify.notLookedAt().unselectable(), "keys");
      number(phase, "functions_not_looked_at", verify.notLookedAt().functions(), "libraries");
      if (verify.notLookedAt().otherDatabases() > 0) {
        long keys = verify.notLookedAt().otherDatabases();
        number(phase, "other_databases_not_looked_at", keys, "keys");
      }
      if (verify.functions() > 0) {
        number(phase, "functions_equal", verify.functions(KeyVerdict.EQUAL), "libraries");
        number(phase, "functions_mismatched", verify.mismatchedFunctions(), "libraries");
      }
      number(phase, "other_databases_left_out", verify.leftOut(), "keys");
    }
    for (Figure figure : verify.figures()) {
      all.add(new Figure(phase, figure.metric(), figure.value(), figure.unit()));
    }
  }

  /** A version as a word: bare, {@code 2.3.1} is a day of March where days are written so. */
  static @Nullable String version(@Nullable String number) {
    return number == null || number.isEmpty() || !Character.isDigit(number.charAt(0))
        ? number
        : "v" + number;
  }

  private void word(String phase, String metric, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      all.add(Figure.word(phase, metric, value));
    }
  }

  private void number(String phase, String metric, @Nullable Number value, String unit) {
    if (value != null) {
      all.add(
          value instanceof Double decimal
              ? Figure.of(phase, metric, decimal, unit)
              : new Figure(phase, metric, value.toString(), unit));
    }
  }

  /** An open end is a row without a value; a figure that cannot be told is no row. */
  private void bound(String metric, @Nullable Double micros, boolean open) {
    if (micros != null || open) {
      all.add(new Figure("lag", metric, Cell.of(micros), "us"));
    }
  }
}
