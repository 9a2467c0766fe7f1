package io.syncanalyzer.load.output;

import io.syncanalyzer.load.output.MemtierJson.Second;
import io.syncanalyzer.result.load.LoadRow;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/**
 * What one memtier process reported, its text, JSON and progress taken together.
 *
 * <p>The table's figures are the text's (rates corrected, see {@link MeasuredTime}); counts,
 * extremes and the series are the JSON's; percentiles come from the JSON's histogram, exact
 * whatever was printed.
 *
 * @param commands a part for each command that was used
 * @param totals all commands together; empty = it reported nothing
 * @param series seconds of the totals
 * @param commandSeries seconds of each command, by its name
 * @param runtimeMillis how long the test ran; {@code NaN} = unknown
 * @param interrupted whether memtier says that it was interrupted
 * @param truncated whether its JSON ends before its time
 * @param turnedAway what a cluster's nodes did not carry out, by command; no part counts it
 * @param warnings where its own figures disagree, one line each
 */
public record MemtierOutput(
    List<Part> commands,
    Optional<Part> totals,
    List<Second> series,
    Map<String, List<Second>> commandSeries,
    double runtimeMillis,
    boolean interrupted,
    boolean truncated,
    Map<String, TurnedAway> turnedAway,
    List<String> warnings) {

  /**
   * A row of the report; unknown is {@code NaN} or empty.
   *
   * @param histogram latencies in microseconds
   */
  public record Part(
      String command,
      OptionalLong count,
      double opsPerS,
      double avgMs,
      double p50Ms,
      double p90Ms,
      double p99Ms,
      double p999Ms,
      double maxMs,
      double kbPerS,
      OptionalLong connectionErrors,
      Optional<Histogram> histogram) {}

  /** Reads the files of a process that has ended; a missing or broken one counts as empty. */
  public static MemtierOutput read(Path text, Path json, StderrReading stderr) {
    try (Reader in =
        Files.isReadable(json)
            ? Files.newBufferedReader(json, StandardCharsets.ISO_8859_1)
            : new StringReader("")) {
      List<String> lines =
          Files.isReadable(text)
              ? Files.readAllLines(text, StandardCharsets.ISO_8859_1)
              : List.of();
      return merge(MemtierTable.parse(lines), MemtierJson.parse(in), stderr);
    } catch (IOException e) {
      return merge(MemtierTable.parse(List.of()), new MemtierJson(Map.of(), "", true), stderr);
    }
  }

  static MemtierOutput merge(MemtierTable table, MemtierJson json, StderrReading stderr) {
    Disagreements disagreements = new Disagreements(table, json);
    Set<String> names = new LinkedHashSet<>(table.rows().keySet());
    names.addAll(json.rows());
    List<Part> commands = new ArrayList<>();
    Map<String, TurnedAway> away = new TreeMap<>();
    for (String name : names) {
      if (!name.equals(LoadRow.TOTALS)) {
        Part part = part(name, table, json);
        if (part.count().orElse(part.opsPerS() > 0 ? 1 : 0) > 0) {
          commands.add(part);
          TurnedAway turned = TurnedAway.of(name, part.count(), table, json);
          if (turned.all() > 0) {
            away.put(part.command(), turned);
          }
        }
      }
    }
    Optional<Part> totals =
        names.contains(LoadRow.TOTALS)
            ? Optional.of(totals(part(LoadRow.TOTALS, table, json), commands, stderr))
            : ofProgress(stderr);
    List<Second> series = json.series(LoadRow.TOTALS);
    List<String> warnings = new ArrayList<>(disagreements.lines());
    MeasuredTime time = MeasuredTime.of(totals, json.runtimeMillis(), stderr);
    warnings.addAll(time.warnings());
    return new MemtierOutput(
        commands.stream()
            .map(time::corrected)
            .map(part -> away.getOrDefault(part.command(), TurnedAway.NONE).without(part))
            .toList(),
        totals.map(time::corrected).map(sum(away.values())::without),
        series.isEmpty() ? seriesOfProgress(stderr) : series,
        commandSeries(commands, names, json),
        time.millis(),
        json.interrupted(),
        json.truncated() && !table.rows().isEmpty(),
        away,
        warnings);
  }

  /** What a cluster's nodes did not carry out of all commands. */
  public TurnedAway allTurnedAway() {
    return sum(turnedAway.values());
  }

  private static TurnedAway sum(Collection<TurnedAway> all) {
    return all.stream().reduce(TurnedAway.NONE, TurnedAway::plus);
  }

  private static Map<String, List<Second>> commandSeries(
      List<Part> commands, Set<String> names, MemtierJson json) {
    Set<String> used = commands.stream().map(Part::command).collect(Collectors.toSet());
    Map<String, List<Second>> series = new TreeMap<>();
    for (String name : names) {
      if (used.contains(command(name))) {
        series.put(command(name), json.series(name));
      }
    }
    return series;
  }

  private static Part part(String name, MemtierTable table, MemtierJson json) {
    OptionalLong count = json.count(name, "Count");
    double ops = known(table.cell(name, "Ops/sec"), json.number(name, "Ops/sec"));
    boolean none = count.isPresent() ? count.getAsLong() == 0 : ops == 0;
    // Of nothing, memtier prints latencies all the same (0.007 ms, -nan).
    Optional<Histogram> histogram =
        none ? Optional.empty() : json.histogram(name).filter(h -> h.getTotalCount() > 0);
    double average =
        known(table.cell(name, "Avg. Latency", "Latency"), json.number(name, "Average Latency"));
    double most =
        histogram.map(h -> h.getMaxValue() / 1000.0).orElse(json.number(name, "Max Latency"));
    return new Part(
        command(name),
        count,
        ops,
        none ? Double.NaN : average,
        none ? Double.NaN : percentile(50, name, histogram, table),
        none ? Double.NaN : percentile(90, name, histogram, table),
        none ? Double.NaN : percentile(99, name, histogram, table),
        none ? Double.NaN : percentile(99.9, name, histogram, table),
        none ? Double.NaN : most,
        known(table.cell(name, "KB/sec"), json.number(name, "KB/sec")),
        json.count(name, "Connection Errors"),
        histogram);
  }

  /** memtier names a row after its command: {@code Hsets}. */
  static String command(String row) {
    boolean plural = row.endsWith("s") && row.indexOf(' ') < 0 && !row.equals(LoadRow.TOTALS);
    return plural ? row.substring(0, row.length() - 1).toUpperCase(Locale.ROOT) : row;
  }

  private static double percentile(
      double percentile, String name, Optional<Histogram> histogram, MemtierTable table) {
    if (histogram.isPresent()) {
      return Latencies.atPercentile(histogram.get(), percentile);
    }
    double printed = table.percentile(name, percentile);
    if (!Double.isNaN(printed)) {
      return printed;
    }
    return table.distributions().getOrDefault(command(name), List.of()).stream()
        .filter(point -> point.percent() >= percentile)
        .mapToDouble(MemtierTable.Point::ms)
        .findFirst()
        .orElse(Double.NaN);
  }

  /** Fills in what this version leaves out of its totals or gets wrong in them. */
  private static Part totals(Part totals, List<Part> commands, StderrReading stderr) {
    OptionalLong count = totals.count().isPresent() ? totals.count() : stderr.lastOperations();
    Optional<Histogram> histogram =
        totals.histogram().isPresent() ? totals.histogram() : sum(commands);
    double kb = commands.stream().mapToDouble(Part::kbPerS).filter(n -> !Double.isNaN(n)).sum();
    return new Part(
        totals.command(),
        count,
        totals.opsPerS(),
        totals.avgMs(),
        from(histogram, 50, totals.p50Ms()),
        from(histogram, 90, totals.p90Ms()),
        from(histogram, 99, totals.p99Ms()),
        from(histogram, 99.9, totals.p999Ms()),
        histogram.map(h -> h.getMaxValue() / 1000.0).orElse(totals.maxMs()),
        // With --command the totals of some versions (2.1.4, 2.3.1) count every byte twice.
        commands.isEmpty() ? totals.kbPerS() : kb,
        totals.connectionErrors(),
        histogram);
  }

  public static double from(Optional<Histogram> histogram, double percentile, double otherwise) {
    return histogram.map(h -> Latencies.atPercentile(h, percentile)).orElse(otherwise);
  }

  /** The histograms of all parts added up; empty if any is missing. */
  public static Optional<Histogram> sum(List<Part> parts) {
    if (parts.isEmpty() || parts.stream().anyMatch(part -> part.histogram().isEmpty())) {
      return Optional.empty();
    }
    // A copy, for its resolution: the sum's percentiles then read as memtier's own would.
    Histogram sum = parts.get(0).histogram().orElseThrow().copy();
    sum.setAutoResize(true);
    parts.stream().skip(1).forEach(part -> sum.add(part.histogram().orElseThrow()));
    return Optional.of(sum);
  }

  /** A process that was killed left only its progress lines. */
  private static Optional<Part> ofProgress(StderrReading stderr) {
    List<StderrReading.Tick> ticks = stderr.ticks();
    if (ticks.isEmpty()) {
      return Optional.empty();
    }
    StderrReading.Tick last = ticks.get(ticks.size() - 1);
    double nan = Double.NaN;
    return Optional.of(
        new Part(
            LoadRow.TOTALS,
            OptionalLong.of(stderr.operations()),
            last.avgOpsPerS(),
            last.ops() == 0 ? nan : last.avgMs(),
            nan,
            nan,
            nan,
            nan,
            nan,
            nan,
            OptionalLong.empty(),
            Optional.empty()));
  }

  /** Progress comes once a second; its own seconds are cut off and may repeat. */
  private static List<Second> seriesOfProgress(StderrReading stderr) {
    List<Second> series = new ArrayList<>();
    long before = 0;
    for (StderrReading.Tick tick : stderr.ticks()) {
      if (tick.run() == 1 && tick.ops() > before) {
        series.add(new Second(series.size(), tick.ops() - before, tick.ms(), Double.NaN));
        before = tick.ops();
      }
    }
    return List.copyOf(series);
  }

  private static double known(double first, double second) {
    return Double.isNaN(first) ? second : first;
  }
}
