package io.syncanalyzer.load;

import io.syncanalyzer.load.memtier.MemtierPlan.Stage;
import io.syncanalyzer.load.output.MemtierJson;
import io.syncanalyzer.load.output.MemtierOutput;
import io.syncanalyzer.load.output.MemtierOutput.Part;
import io.syncanalyzer.load.output.StderrReading;
import io.syncanalyzer.load.output.TurnedAway;
import io.syncanalyzer.result.load.CommandKind;
import io.syncanalyzer.result.load.Latency;
import io.syncanalyzer.result.load.LoadRow;
import io.syncanalyzer.result.load.LoadSecond;
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
import org.jspecify.annotations.Nullable;

/** Adds the processes of a load up to its rows, its seconds and its claims. */
final class LoadTally {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double BYTES_PER_KB = 1024;

  private final List<LoadRow> rows = new ArrayList<>();
  private final Map<Long, LoadSecond> seconds = new TreeMap<>();
  private final Map<Long, Map<String, Long>> commandSeconds = new TreeMap<>();
  private final Map<String, Long> claims = new TreeMap<>();
  private final Map<String, Long> errorReplies = new TreeMap<>();
  private long operations;
  private long connectionErrors;
  private TurnedAway turnedAway = TurnedAway.NONE;
  private boolean countsByCommand = true;

  /**
   * Adds a stage.
   *
   * @param offset seconds from the load's start to the stage's
   * @param outputs of its processes, which ran side by side
   * @param readings of the same
   */
  void add(Stage stage, long offset, List<MemtierOutput> outputs, List<StderrReading> readings) {
    List<Part> totals = outputs.stream().flatMap(output -> output.totals().stream()).toList();
    long errors = 0;
    long connections = 0;
    TurnedAway away = TurnedAway.NONE;
    for (int i = 0; i < outputs.size(); i++) {
      StderrReading reading = readings.get(i);
      reading.errorReplies().forEach((kind, count) -> errorReplies.merge(kind, count, Long::sum));
      errors += reading.errorReplyCount();
      away = away.plus(outputs.get(i).allTurnedAway());
      connections +=
          Math.max(
              reading.connectionErrors(),
              outputs.get(i).totals().map(t -> t.connectionErrors().orElse(0)).orElse(0L));
      claim(outputs.get(i));
      addSeries(outputs.get(i), offset, stage.step());
    }
    connectionErrors += connections;
    turnedAway = turnedAway.plus(away);
    count("MOVED", away.moved());
    count("ASK", away.asked());
    for (MemtierOutput output : outputs) {
      for (Part part : output.commands()) {
        long refused = output.turnedAway().getOrDefault(part.command(), TurnedAway.NONE).all();
        rows.add(
            row(
                stage,
                part,
                part.connectionErrors(),
                errors == 0 ? OptionalLong.of(refused) : OptionalLong.empty()));
      }
    }
    if (!totals.isEmpty()) {
      Part all = totals.size() == 1 ? totals.get(0) : together(totals);
      operations += all.count().orElse(0);
      rows.add(row(stage, all, OptionalLong.of(connections), OptionalLong.of(errors + away.all())));
    }
  }

  private void count(String kind, long replies) {
    if (replies > 0) {
      errorReplies.merge(kind, replies, Long::sum);
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
              (double) second.count(),
              second.count() == 0 ? null : Double.valueOf(nanos(second.avgMs())),
              second.count() == 0 ? null : Double.valueOf(nanos(second.p99Ms())),
              partial,
              boxed(step),
              null,
              null),
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
    double opsOfA = ops(a);
    double opsOfB = ops(b);
    if (opsOfA == 0 || opsOfB == 0) {
      LoadSecond written = opsOfA == 0 ? b : a;
      return second(a, b, opsOfA + opsOfB, written.meanNanos(), written.p99Nanos());
    }
    Double mean =
        a.meanNanos() == null || b.meanNanos() == null
            ? null
            : Double.valueOf((a.meanNanos() * opsOfA + b.meanNanos() * opsOfB) / (opsOfA + opsOfB));
    return second(a, b, opsOfA + opsOfB, mean, null);
  }

  private static LoadSecond second(
      LoadSecond a, LoadSecond b, double ops, @Nullable Double mean, @Nullable Double p99) {
    return new LoadSecond(
        a.second(), ops, mean, p99, a.partial() || b.partial(), b.step(), null, null);
  }

  private static double ops(LoadSecond second) {
    return second.opsPerS() == null ? 0 : second.opsPerS();
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
        LoadRow.TOTALS,
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
        LoadEngine.MEMTIER.label(),
        part.command(),
        null,
        new LoadRow.Asked(boxed(stage.step()), boxed(stage.rate())),
        new LoadRow.Done(boxed(part.count()), part.opsPerS()),
        new Latency(
            nanos(part.avgMs()),
            nanos(part.p50Ms()),
            nanos(part.p90Ms()),
            nanos(part.p99Ms()),
            nanos(part.p999Ms()),
            nanos(part.maxMs())),
        part.kbPerS() * BYTES_PER_KB,
        new LoadRow.Errors(boxed(connectionErrors), boxed(errorReplies)));
  }

  /**
   * memtier prints whole microseconds, or tens of nanoseconds: what is within rounding of whole
   * nanoseconds is exactly those.
   */
  private static double nanos(double millis) {
    double nanos = millis * NANOS_PER_MILLI;
    double whole = Math.rint(nanos);
    return Math.abs(nanos - whole) <= 2 * Math.ulp(nanos) ? whole : nanos;
  }

  private static @Nullable Long boxed(OptionalLong value) {
    return value.isPresent() ? Long.valueOf(value.getAsLong()) : null;
  }

  private static @Nullable Integer boxed(OptionalInt value) {
    return value.isPresent() ? Integer.valueOf(value.getAsInt()) : null;
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
    return rows.stream().map(row -> row.of(kinds.get(row.command()))).toList();
  }

  /** The seconds, their operations told apart where that can be. */
  List<LoadSecond> timeline(Map<String, CommandKind> kinds) {
    return seconds.values().stream().map(second -> toldApart(second, kinds)).toList();
  }

  private LoadSecond toldApart(LoadSecond second, Map<String, CommandKind> kinds) {
    Map<String, Long> commands = commandSeconds.getOrDefault(second.second(), Map.of());
    long all = commands.values().stream().mapToLong(Long::longValue).sum();
    // Only where the commands' own seconds are those of the totals.
    if (all != Math.round(ops(second)) || !kinds.keySet().containsAll(commands.keySet())) {
      return second;
    }
    return second.of(
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

  /** What a cluster's nodes turned away of them, which is claimed by nobody. */
  TurnedAway turnedAway() {
    return turnedAway;
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
