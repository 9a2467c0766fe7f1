package io.syncanalyzer.run.capacity;

import io.syncanalyzer.load.LoadEngine;
import io.syncanalyzer.report.files.CapacityCsv;
import io.syncanalyzer.report.files.RunFolder;
import io.syncanalyzer.report.files.RunReader;
import io.syncanalyzer.result.LagReport;
import io.syncanalyzer.result.RunReport;
import io.syncanalyzer.result.capacity.CapacityInterval;
import io.syncanalyzer.result.capacity.CapacityReport;
import io.syncanalyzer.result.capacity.Trial;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A search that did not come to its end, as its run's folder has it: the trials of capacity.csv,
 * which is written trial by trial, and the lag's rows of run.json.
 *
 * @param folder of its run, in which it goes on
 * @param trials in the order tried
 * @param lag what was kept of their lag
 * @param engine who wrote the load
 */
public record EarlierSearch(RunFolder folder, List<Trial> trials, LagReport lag, String engine) {
  private static final String COMMAND = "capacity";

  /** They say how long is searched, and where the results go, and not what a trial is. */
  private static final Set<String> MAY_DIFFER =
      Set.of(
          "resume",
          "dry-run",
          "secrets-file",
          "max-time",
          "results",
          "run-id",
          "quiet",
          "json",
          "junit",
          "csv-locale",
          "debug",
          "keep",
          "to",
          "precision",
          "trials",
          "drain-timeout",
          "timeout",
          "connect-timeout",
          "baseline");

  private static final LagReport NO_LAG =
      new LagReport(List.of(), List.of(), List.of(), List.of(), List.of(), null, List.of());

  public EarlierSearch {
    trials = List.copyOf(trials);
  }

  /**
   * The search to go on with; nothing in its folder is changed.
   *
   * @return empty where a new one is asked for
   * @throws IllegalArgumentException with one line if there is no such run, it is none that can be
   *     gone on with, or it was asked for something else
   */
  public static Optional<EarlierSearch> of(CapacityRequest request) {
    if (request.resume().isEmpty()) {
      return Optional.empty();
    }
    RunFolder folder = request.output().goneOnWith(request.resume().get());
    String path = "--resume: " + folder.path();
    RunReport run = RunReader.read(folder);
    if (!run.command().equals(COMMAND)) {
      throw new IllegalArgumentException(
          path
              + " is a run of "
              + run.command()
              + ", and only one of capacity can be gone on with; leave out --resume");
    }
    CapacityReport found = run.capacity();
    if (found == null || !Files.exists(folder.capacityCsv())) {
      throw new IllegalArgumentException(
          path + " has no trial to go on from; to search anew, leave out --resume");
    }
    if (run.verdict().complete()
        && found.intervals().stream().allMatch(interval -> isOver(interval, request))) {
      throw new IllegalArgumentException(
          path + " has its answer; to search anew, leave out --resume");
    }
    refuseOther(path, run.asked(), request.output().asked());
    if (!RunReport.toMemtier(run.argv()).equals(RunReport.toMemtier(request.output().argv()))) {
      throw new IllegalArgumentException(
          path + " was searched with other words after --; give the same, or leave out --resume");
    }
    return Optional.of(
        new EarlierSearch(
            folder,
            CapacityCsv.read(folder.capacityCsv()),
            Objects.requireNonNullElse(run.lag(), NO_LAG),
            found.question().engine()));
  }

  /** Whether there is nothing more to be tried; a higher --to may be, where the last one held. */
  private static boolean isOver(CapacityInterval interval, CapacityRequest request) {
    return switch (interval.ending()) {
      case BUDGET, UNFINISHED -> false;
      case TO_SUSTAINED ->
          interval.provenPerS() != null
              && request.rates().to().orElse(Long.MAX_VALUE) <= interval.provenPerS();
      default -> true;
    };
  }

  /**
   * Refuses to go on with another engine than the trials before had.
   *
   * @throws IllegalArgumentException naming both
   */
  public void requireEngine(LoadEngine engine) {
    if (!this.engine.equals(engine.label())) {
      throw new IllegalArgumentException(
          "--resume: "
              + folder.path()
              + " was loaded by "
              + this.engine
              + ", and it would be "
              + engine.label()
              + " now; give --load-engine "
              + this.engine);
    }
  }

  /** Trials of different loads, or by different rules, do not make one answer. */
  private static void refuseOther(
      String path, Map<String, String> before, Map<String, String> now) {
    Set<String> options = new TreeSet<>(before.keySet());
    options.addAll(now.keySet());
    options.removeAll(MAY_DIFFER);
    for (String option : options) {
      String was = before.get(option);
      if (!Objects.equals(was, now.get(option))) {
        throw new IllegalArgumentException(
            path
                + " was searched with "
                + (was == null ? "no --" + option : "--" + option + " " + was)
                + ", and its trials say nothing of another; give the same, or leave out --resume");
      }
    }
  }
}
