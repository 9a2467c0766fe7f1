package io.syncanalyzer.golden;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The cells of a CSV file and the values of a JSON document that no two runs have alike. Whatever
 * is not named here is held to the golden file: counts of keys, verdicts, names, units.
 */
final class Varying {
  /**
   * By column or name; with a dot, only at the end of such a path, the file being its first part.
   */
  private static final Set<String> ALWAYS =
      Set.of(
          // When, and how long.
          "started_at",
          "finished_at",
          "epoch_ms",
          "elapsed_s",
          "elapsed_seconds",
          "drain.seconds",
          "drain_s",
          // Of the addresses too.
          "runs.asked",
          "verify_s",
          "verify_partitions.seconds",
          "verify_partitions.start_seconds",
          "partitions.nanos",
          "partitions.start_nanos",
          "stood_ms",
          "ttl_source_ms",
          "ttl_replica_ms",
          // What it ran on, and the analyzer's own version.
          "os",
          "cpus",
          "memory_bytes",
          "java",
          "heap_bytes",
          "analyzer_version",
          // The servers' own figures, and how far their clocks are apart.
          "replication_id",
          "sides.offset",
          "used_memory_bytes",
          "clock.ahead",
          "clock.bound",
          "clock.ahead_at_end",
          "clock.bound_at_end",
          // The bounds of the lag.
          "percentiles.upper",
          "percentiles.lower",
          "percentiles.intended",
          // The built-in load goes as fast as it can.
          "load.count",
          "load.writes",
          "load.rows.count",
          "load.rows.writes",
          "load_count",
          "load_writes",
          "avg_ms",
          "p50_ms",
          "p90_ms",
          "p99_ms",
          "p999_ms",
          "max_ms",
          "kb_per_s",
          "ops_per_s",
          "writes_per_s",
          "load_ops_per_s",
          "load_writes_per_s",
          "load_avg_ms",
          "load_p99_ms",
          "load_max_ms");

  /** Units of figures that are measured; what is asked for is told in them too: {@link #ASKED}. */
  private static final Set<String> MEASURED = Set.of("s", "ms", "us", "1/s", "percent", "KiB/s");

  private static final Pattern ASKED = Pattern.compile("timeout|\\w*wanted_rate|reads_per_s");

  /** Of other units: the servers' and the load's own counts, what a spike was, and episodes. */
  private static final Pattern COUNTED =
      Pattern.compile(
          "\\w+_(bytes_in|bytes_out|commands|offset|used_memory|offset_gap_max)"
              + "|\\w+_spike_(cause|evidence)|\\w+_(episodes|poll_cost_basis)");

  /** What a busy machine hides: then the value is empty. */
  private static final Pattern HIDDEN = Pattern.compile("\\w+_sentinels_(source|replica)_cpu");

  private final Set<String> more;
  private final boolean measures;

  private Varying(Set<String> more, boolean measures) {
    this.more = more;
    this.measures = measures;
  }

  /** Of a run that measures nothing but the time it took. */
  static Varying always() {
    return new Varying(Set.of(), false);
  }

  /**
   * Of a run that measures load or lag: how busy the machine was is told in its warnings, so they
   * are left out. Their words are held by the tests on recorded runs.
   *
   * @param more columns and paths that vary in this run
   */
  static Varying measuring(String... more) {
    Set<String> all = new HashSet<>(List.of(more));
    all.addAll(List.of("runs.warnings", "slip", "outstanding"));
    return new Varying(all, true);
  }

  boolean measures() {
    return measures;
  }

  /** Whether what stands at that path varies: {@code lag.upper_us}, {@code verify.rows.keys}. */
  boolean holds(String path) {
    String name = path.substring(path.lastIndexOf('.') + 1);
    return name.endsWith("_us") || holds(ALWAYS, path) || holds(more, path);
  }

  private static boolean holds(Set<String> names, String path) {
    for (int dot = -1; ; dot = path.indexOf('.', dot + 1)) {
      if (names.contains(path.substring(dot + 1))) {
        return true;
      }
      if (path.indexOf('.', dot + 1) < 0) {
        return false;
      }
    }
  }

  /** Whether a figure is unknown where the machine was busy. */
  static boolean mayBeUnknown(String metric) {
    return HIDDEN.matcher(metric).matches();
  }

  /** Whether a row of summary.csv, or of a phase's figures, varies. */
  boolean figure(String phase, String metric, String unit) {
    boolean count = phase.equals("load") && (metric.equals("count") || metric.equals("writes"));
    return count
        || (measures && metric.equals("warnings"))
        || COUNTED.matcher(metric).matches()
        || (MEASURED.contains(unit) && !ASKED.matcher(metric).matches());
  }

  private static final Pattern FIGURE =
      Pattern.compile(
          "(\"phase\":\"(\\w+)\",\"metric\":\"(\\w+)\",\"value\":)\"([^\"]*)\"(,\"unit\":\"([^\"]*)\")");

  /** A figure as run.json has it, its value left out if it varies. */
  String figureOfJson(String row) {
    Matcher figure = FIGURE.matcher(row);
    return figure.find()
            && figure(figure.group(2), figure.group(3), figure.group(6))
            && (mayBeUnknown(figure.group(3)) || !figure.group(4).isEmpty())
        ? figure.replaceFirst("$1<text>$5")
        : row;
  }
}
