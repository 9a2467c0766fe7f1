package io.syncanalyzer.load;

import io.syncanalyzer.load.proof.LoadProof;
import io.syncanalyzer.result.LoadReport;
import io.syncanalyzer.result.figure.Figure;
import io.syncanalyzer.result.load.LoadRow;
import io.syncanalyzer.result.load.LoadSecond;
import io.syncanalyzer.result.load.RateKept;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the load did, and whether that is proved.
 *
 * @param engine who wrote it
 * @param engineVersion as the engine itself says; empty = it ran in this JVM
 * @param profile the profile's name or file
 * @param rows commands, then {@code Totals}; for each step of a ramp
 * @param timeline seconds, in order
 * @param startedAt when it began, by the wall clock: second 0 of the timeline
 * @param elapsed from start to end, process start-up included
 * @param commandLines what was executed, one list a process, secrets shown as {@code ***}
 * @param seeds where the random values come from, so that they can be had again
 * @param errorReplies error replies by their first word, such as {@code READONLY}
 * @param connectionErrors connections that failed
 * @param proof the source's own counts beside the claims; empty = they could not be had
 * @param files the engine's own files that are kept
 * @param warnings one line each
 * @param incomplete why this load is not proved to have done what was asked, one line; null = it is
 */
public record LoadSummary(
    LoadEngine engine,
    Optional<String> engineVersion,
    String profile,
    List<LoadRow> rows,
    List<LoadSecond> timeline,
    Instant startedAt,
    Duration elapsed,
    List<List<String>> commandLines,
    String seeds,
    Map<String, Long> errorReplies,
    long connectionErrors,
    Optional<LoadProof> proof,
    List<Path> files,
    List<String> warnings,
    @Nullable String incomplete) {
  public LoadSummary {
    rows = List.copyOf(rows);
    timeline = List.copyOf(timeline);
    commandLines = commandLines.stream().map(List::copyOf).toList();
    errorReplies = Collections.unmodifiableMap(new TreeMap<>(errorReplies));
    files = List.copyOf(files);
    warnings = List.copyOf(warnings);
  }

  /** Operations claimed in all, as the {@code Totals} rows have them; unknown counts as 0. */
  public long operations() {
    return rows.stream()
        .filter(LoadRow::isTotals)
        .mapToLong(row -> row.count() == null ? 0 : row.count())
        .sum();
  }

  /** As the run keeps it. */
  public LoadReport report() {
    RateKept rate = RateKept.of(rows);
    List<Figure> figures = new ArrayList<>(figures());
    figures.addAll(rate.figures());
    List<String> all = new ArrayList<>(warnings);
    rate.warning().ifPresent(all::add);
    return new LoadReport(
        engine.label(),
        engineVersion.orElse(null),
        profile,
        commandLines,
        seeds,
        elapsed.toNanos() / 1e9,
        rows,
        timeline,
        figures,
        all,
        incomplete);
  }

  /** The load's rows of {@code summary.csv}. */
  List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    figures.add(new Figure("load", "operations", Long.toString(operations()), "ops"));
    figures.add(
        new Figure(
            "load", "elapsed", String.format(Locale.ROOT, "%.3f", elapsed.toNanos() / 1e9), "s"));
    figures.add(
        new Figure(
            "load",
            "error_replies",
            Long.toString(errorReplies.values().stream().mapToLong(Long::longValue).sum()),
            "replies"));
    errorReplies.forEach(
        (kind, count) ->
            figures.add(
                new Figure(
                    "load",
                    "error_replies_" + kind.toLowerCase(Locale.ROOT),
                    count.toString(),
                    "replies")));
    figures.add(
        new Figure("load", "connection_errors", Long.toString(connectionErrors), "connections"));
    proof.ifPresent(
        p -> {
          figures.add(new Figure("load", "source_calls", Long.toString(p.served()), "ops"));
          figures.add(
              new Figure("load", "source_calls_of_others", Long.toString(p.ofOthers()), "ops"));
          p.writes()
              .ifPresent(
                  calls ->
                      figures.add(
                          new Figure("load", "source_write_calls", Long.toString(calls), "ops")));
          p.reads()
              .ifPresent(
                  calls ->
                      figures.add(
                          new Figure("load", "source_read_calls", Long.toString(calls), "ops")));
          figures.add(
              new Figure(
                  "load",
                  "source_error_replies",
                  Long.toString(p.errors().values().stream().mapToLong(Long::longValue).sum()),
                  "replies"));
        });
    return List.copyOf(figures);
  }
}
