package io.syncanalyzer.report;

import io.syncanalyzer.report.files.CapacityCsv;
import io.syncanalyzer.report.files.CsvForm;
import io.syncanalyzer.report.files.Distributions;
import io.syncanalyzer.report.files.Figures;
import io.syncanalyzer.report.files.KeptCsv;
import io.syncanalyzer.report.files.PercentileText;
import io.syncanalyzer.report.files.ReportFailure;
import io.syncanalyzer.report.files.RunFolder;
import io.syncanalyzer.report.files.RunJson;
import io.syncanalyzer.report.files.RunsCsv;
import io.syncanalyzer.report.files.Tables;
import io.syncanalyzer.report.page.Page;
import io.syncanalyzer.result.RunReport;
import io.syncanalyzer.result.capacity.Trial;
import io.syncanalyzer.result.lag.EpisodeReport;
import io.syncanalyzer.result.verify.Mismatch;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes what a run leaves into its folder. A part that did not run leaves no file.
 *
 * <p>Every method throws {@link ReportFailure} where the disk does not take it.
 *
 * @param folder where to
 * @param asked the form of its CSV files that was asked for; empty = points and commas, and in
 *     {@code runs.csv} what it has already
 */
public record RunWriter(RunFolder folder, Optional<CsvForm> asked) {
  /**
   * Saves what is known by now in {@code run.json}: at the start, where it says that the run is not
   * complete, and after each part, so that even a killed run keeps what it has.
   */
  public void save(RunReport run) {
    RunJson.write(folder.runJson(), run);
  }

  /**
   * A trial of a search for capacity has ended: its rows are added to {@code capacity.csv}, so that
   * a run that is killed keeps them.
   *
   * @param rows one for each replica
   */
  public void trial(List<Trial> rows) {
    CapacityCsv.append(folder.capacityCsv(), rows, form());
  }

  /**
   * The run is over, well or not: writes everything but its {@link #row} and {@code run.json}.
   *
   * @param mismatches all of them, read once and one at a time
   */
  public void files(RunReport run, Iterable<Mismatch> mismatches) {
    if (run.verify() != null) {
      Tables.MISMATCHES.write(folder.path(), mismatches, form());
    }
    parts(run);
  }

  /**
   * The run's row in {@code runs.csv}. Written again, it takes the place of the one there is, as a
   * run may find only at its very end that a file, or its result, could not be written.
   */
  public void row(RunReport run) {
    RunsCsv.put(folder.runsCsv(), run, asked);
  }

  /**
   * Writes page and CSV files again from the report and the recorded {@code lag.hlog}. {@code
   * mismatches.csv} keeps its rows where it is there, for it may hold more than the report.
   */
  public void rebuild(RunReport run) {
    if (Files.exists(folder.mismatchesCsv())) {
      KeptCsv.turn(folder.mismatchesCsv(), form());
    }
    parts(run);
  }

  /** The summary as one JSON document, what {@code --json} prints. */
  public static String json(RunReport run) {
    StringBuilder ascii = new StringBuilder();
    for (char c : RunJson.summary(run).toCharArray()) {
      // Whatever the console's charset, and an escape of the console's own would be no JSON.
      ascii.append(c < 0x80 ? String.valueOf(c) : String.format(Locale.ROOT, "\\u%04x", (int) c));
    }
    return ascii.toString();
  }

  private CsvForm form() {
    return asked.orElse(CsvForm.POINT);
  }

  /** That the one is refused says nothing of the other. */
  private void parts(RunReport run) {
    try {
      csv(run, form());
    } finally {
      drawn(run);
    }
  }

  /** What is made of the recorded lags. */
  private void drawn(RunReport run) {
    Distributions recorded = Distributions.read(folder.lagHlog());
    try {
      if (run.lag() != null) {
        PercentileText.write(folder, run.lag(), recorded);
      }
    } finally {
      Page.write(folder, run, recorded);
    }
  }

  private void csv(RunReport run, CsvForm form) {
    Tables.SUMMARY.write(folder.path(), Figures.of(run), form);
    if (run.load() != null) {
      Tables.LOAD.write(folder.path(), run.load().rows(), form);
      Tables.LOAD_TIMELINE.write(folder.path(), run.load().timeline(), form);
    }
    if (run.insert() != null) {
      Tables.INSERTS.write(folder.path(), run.insert().rows(), form);
    }
    if (run.lag() != null) {
      Tables.LAG.write(folder.path(), run.lag().percentiles(), form);
      Tables.LAG_ACCOUNTING.write(folder.path(), run.lag().accounting(), form);
      Tables.LAG_TIMELINE.write(folder.path(), run.lag().timeline(), form);
      EpisodeReport episodes = run.lag().episodes();
      if (episodes != null) {
        Tables.EPISODES.write(folder.path(), episodes.rows(), form);
      }
    }
    if (run.capacity() != null) {
      Tables.CAPACITY.write(folder.path(), CapacityCsv.all(folder.capacityCsv(), run), form);
    }
    if (run.verify() != null) {
      Tables.VERIFY.write(folder.path(), run.verify().rows(), form);
      if (!run.verify().partitions().isEmpty()) {
        Tables.VERIFY_PARTITIONS.write(folder.path(), run.verify().partitions(), form);
      }
      if (!Files.exists(folder.mismatchesCsv())) {
        Tables.MISMATCHES.write(folder.path(), run.verify().mismatches(), form);
      }
    }
  }

  /** Appends the median, smallest and largest of runs that repeat the same to {@code runs.csv}. */
  public void spread(String group, List<RunReport> runs) {
    RunsCsv.appendSpread(folder.runsCsv(), group, runs, asked);
  }
}
