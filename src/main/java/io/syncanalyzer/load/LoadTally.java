package io.syncanalyzer.load;

import io.syncanalyzer.load.memtier.MemtierPlan.Stage;
import io.syncanalyzer.load.output.MemtierJson;
import io.syncanalyzer.load.output.MemtierOutput;
import io.syncanalyzer.load.output.MemtierOutput.Part;
import io.syncanalyzer.load.output.StderrReading;
import io.syncanalyzer.load.proof.CommandKind;
import io.syncanalyzer.result.LoadReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** Adds the processes of a load up to its rows, its seconds and its claims. */
final class LoadTally {
  private final List<LoadRow> rows = new ArrayList<>();
  private final Map<Long, LoadSecond> seconds = new TreeMap<>();
  private final Map<Long, Map<String, Long>> commandSeconds = new TreeMap<>();
  private final Map<String, Long> claims = new TreeMap<>();
  private final Map<String, Long> errorReplies = new TreeMap<>();
  private long operations;
  private long connectionErrors;
  private boolean countsByCommand = true;

  /**
   * Adds a stage.
   *
   * @param offset seconds from the load's start to the stage's
   * @param outputs of its processes, which ran side by side
   * @param readings of the same
   */
  void add(Stage stage, long offset, List<MemtierOutput> outputs, List<StderrReading> readings) {
    List<Part> parts = outputs.stream().flatMap(output -> output.commands().stream()).toList();
    List<Part> totals = outputs.stream().flatMap(output -> output.totals().stream()).toList();
    long errors = 0;
    long connections = 0;
    for (int i = 0; i < outputs.size(); i++) {
      StderrReading reading = readings.get(i);
      reading.errorReplies().forEach((kind, count) -> errorReplies.merge(kind, count, Long::sum));
      errors += reading.errorReplyCount();
      connections +=
          Math.max(
              reading.connectionErrors(),
              outputs.get(i).totals().map(t -> t.connectionErrors().orElse(0)).orElse(0L));
      claim(outputs.get(i));
      addSeries(outputs.get(i), offset, stage.step());
    }
    connectionErrors += connections;
    for (Part part : parts) {
      rows.add(
          row(
              stage,
              part,
              part.connectionErrors(),
              errors == 0 ? OptionalLong.of(0) : OptionalLong.empty()));
    }
    if (!totals.isEmpty()) {
      Part all = totals.size() == 1 ? totals.get(0) : together(totals);
      operations += all.count().orElse(0);
      rows.add(row(stage, all, OptionalLong.of(connections), OptionalLong.of(errors)));
    }
  }

  private void claim(MemtierOutput output) {
    if (output.commands().isEmpty()
        || output.commands().stream().anyMatch(p -> p.count().isEmpty())) {
      countsByCommand = false;
      return;
    }
    output
        .commands()
        .forEach(part -> claims.merge(part.command(), part.count().orElseThrow(), Long::sum));
  }

  private void addSeries(MemtierOutput output, long offset, OptionalInt step) {
    int last = output.series().size() - 1;
    for (int i = 0; i <= last; i++) {
      MemtierJson.Second second = output.series().get(i);
      boolean partial =
          Double.isNaN(output.runtimeMillis())
              ? i == last
              : (second.second() + 1) * 1000 > output.runtimeMillis() + 5;
      seconds.merge(
          offset + second.second(),
          new LoadSecond(
              offset + second.second(),
              second.count(),
              second.count() == 0 ? Double.NaN : second.avgMs(),
              second.count() == 0 ? Double.NaN : second.p99Ms(),
              partial,
              step,
              Double.NaN,
              Double.NaN),
          LoadTally::sameSecond);
    }
    output
        .commandSeries()
        .forEach(
            (command, series) ->
                series.forEach(
                    second ->
                        commandSeconds
                            .computeIfAbsent(offset + second.second(), any -> new TreeMap<>())
                            .merge(command, second.count(), Long::sum)));
  }

  private static LoadSecond sameSecond(LoadSecond a, LoadSecond b) {
    double ops = a.opsPerS() + b.opsPerS();
    double avg =
        a.opsPerS() == 0
            ? b.avgMs()
            : b.opsPerS() == 0
                ? a.avgMs()
                : (a.avgMs() * a.opsPerS() + b.avgMs() * b.opsPerS()) / ops;
    double p99 = a.opsPerS() == 0 ? b.p99Ms() : b.opsPerS() == 0 ? a.p99Ms() : Double.NaN;
    return new LoadSecond(
        a.second(), ops, avg, p99, a.partial() || b.partial(), b.step(), Double.NaN, Double.NaN);
  }

  /** The totals of processes that ran side by side. */
  private static Part together(List<Part> totals) {
    Optional<Histogram> histogram = MemtierOutput.sum(totals);
    boolean counted = totals.stream().allMatch(part -> part.count().isPresent());
    double ops = totals.stream().mapToDouble(Part::opsPerS).sum();
    double weighted =
        totals.stream()
            .filter(part -> part.opsPerS() > 0)
            .mapToDouble(part -> part.avgMs() * part.opsPerS())
            .sum();
    return new Part(
        LoadReport.TOTALS,
        counted
            ? OptionalLong.of(totals.stream().mapToLong(p -> p.count().orElseThrow()).sum())
            : OptionalLong.empty(),
        ops,
        ops == 0 ? Double.NaN : weighted / ops,
        MemtierOutput.from(histogram, 50, Double.NaN),
        MemtierOutput.from(histogram, 90, Double.NaN),
        MemtierOutput.from(histogram, 99, Double.NaN),
        MemtierOutput.from(histogram, 99.9, Double.NaN),
        totals.stream().mapToDouble(Part::maxMs).max().orElse(Double.NaN),
        totals.stream().mapToDouble(Part::kbPerS).sum(),
        OptionalLong.empty(),
        histogram);
  }

  private static LoadRow row(
      Stage stage, Part part, OptionalLong connectionErrors, OptionalLong errorReplies) {
    return new LoadRow(
        LoadEngine.MEMTIER,
        part.command(),
        part.count(),
        part.opsPerS(),
        part.avgMs(),
        part.p50Ms(),
        part.p90Ms(),
        part.p99Ms(),
        part.p999Ms(),
        part.maxMs(),
        part.kbPerS(),
        connectionErrors,
        errorReplies,
        stage.step(),
        stage.rate(),
        Optional.empty());
  }

  /** The commands that were sent, by upper-case name. */
  Set<String> commands() {
    return rows.stream()
        .filter(row -> !row.isTotals())
        .map(LoadRow::command)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * The rows.
   *
   * @param kinds of the commands; what is missing is not known
   */
  List<LoadRow> rows(Map<String, CommandKind> kinds) {
    return rows.stream()
        .map(row -> row.withKind(Optional.ofNullable(kinds.get(row.command()))))
        .toList();
  }

  /** The seconds, their operations told apart where that can be. */
  List<LoadSecond> timeline(Map<String, CommandKind> kinds) {
    return seconds.values().stream().map(second -> toldApart(second, kinds)).toList();
  }

  private LoadSecond toldApart(LoadSecond second, Map<String, CommandKind> kinds) {
    Map<String, Long> commands = commandSeconds.getOrDefault(second.second(), Map.of());
    long all = commands.values().stream().mapToLong(Long::longValue).sum();
    // Only where the commands' own seconds are those of the totals.
    if (all != Math.round(second.opsPerS()) || !kinds.keySet().containsAll(commands.keySet())) {
      return second;
    }
    return second.toldApart(
        count(commands, kinds, CommandKind.WRITE), count(commands, kinds, CommandKind.READ));
  }

  private static double count(
      Map<String, Long> commands, Map<String, CommandKind> kinds, CommandKind kind) {
    return commands.entrySet().stream()
        .filter(entry -> kinds.get(entry.getKey()) == kind)
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  Map<String, Long> errorReplies() {
    return errorReplies;
  }

  long connectionErrors() {
    return connectionErrors;
  }

  /** Operations claimed by command; empty where this version does not count by command. */
  Map<String, Long> claims() {
    return countsByCommand ? claims : Map.of();
  }

  /** Operations claimed in all. */
  long operations() {
    return operations;
  }
}
