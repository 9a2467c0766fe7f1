package io.syncanalyzer.report.files;

import io.syncanalyzer.result.LagReport;
import io.syncanalyzer.result.LoadReport;
import io.syncanalyzer.result.RunReport;
import io.syncanalyzer.result.lag.LagAccounting;
import io.syncanalyzer.result.verify.VerifyReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * What of a run's data is no longer there, or no longer all there. {@code run.json} says how much
 * there was; the other CSV files are made again from it, so that nothing of theirs can be lost.
 */
public final class RunRemains {
  private final RunFolder folder;
  private final RunReport run;
  private final List<String> lost = new ArrayList<>();

  private RunRemains(RunFolder folder, RunReport run) {
    this.folder = folder;
    this.run = run;
  }

  /**
   * One line for each file that is gone or cut. Asked before the page and the CSVs are made anew.
   */
  public static List<String> lost(RunFolder folder, RunReport run) {
    RunRemains remains = new RunRemains(folder, run);
    remains.lag();
    remains.mismatches();
    remains.outputs();
    return List.copyOf(remains.lost);
  }

  private void lag() {
    LagReport lag = run.lag() == null ? null : run.lag().together().outsideTrials();
    if (lag == null || lag.accounting().stream().allMatch(row -> recorded(row) == 0)) {
      return;
    }
    if (!Files.exists(folder.lagHlog())) {
      lost.add("lag.hlog is gone: the page has no distribution of the lag and no median by second");
      return;
    }
    Distributions there = Distributions.read(folder.lagHlog());
    for (LagAccounting row : lag.accounting()) {
      long held =
          there.totals().entrySet().stream()
              .filter(entry -> isOf(entry.getKey(), row))
              .mapToLong(entry -> entry.getValue().getTotalCount())
              .sum();
      if (held < recorded(row)) {
        lost.add(
            String.format(
                Locale.ROOT,
                "lag.hlog is cut: it holds %,d of the %,d lags of %s%s, and the page's"
                    + " distribution is of those",
                held,
                recorded(row),
                row.phase(),
                row.replica() == null ? "" : " on " + row.replica()));
      }
    }
  }

  /** How many lags of that row went into the log. */
  private static long recorded(LagAccounting row) {
    return row.observed() - (row.seenAfterOutage() == null ? 0 : row.seenAfterOutage());
  }

  /** The log calls a probe's lags as those of a load, and names a replica only of several. */
  private static boolean isOf(Distributions.Key key, LagAccounting row) {
    boolean idle = row.phase().equals("floor") || row.phase().equals("baseline");
    return key.bound().equals("upper")
        && key.phase().equals(idle ? row.phase() : LagReport.LOAD)
        && (key.replica().isEmpty()
            || row.replica() == null
            || key.replica().contains(row.replica()));
  }

  private void mismatches() {
    VerifyReport verify = run.verify();
    if (verify == null || verify.mismatchedKeys() == 0) {
      return;
    }
    if (!Files.exists(folder.mismatchesCsv())) {
      lost.add(
          String.format(
              Locale.ROOT,
              "mismatches.csv is gone: it is made again of the first %,d, which run.json holds;"
                  + " there were %,d",
              verify.mismatches().size(),
              verify.mismatchedKeys()));
      return;
    }
    long rows = rows(folder.mismatchesCsv());
    if (rows < verify.mismatchedKeys()) {
      lost.add(
          String.format(
              Locale.ROOT,
              "mismatches.csv is cut: it holds %,d of %,d keys that differ",
              rows,
              verify.mismatchedKeys()));
    }
  }

  /** Whole rows, but for the header. */
  private static long rows(Path csv) {
    long rows = 0;
    try (var first = Files.newBufferedReader(csv, StandardCharsets.UTF_8)) {
      String header = first.readLine();
      CsvForm form = header == null ? CsvForm.POINT : CsvForm.ofHeader(header);
      try (CSVParser parser = CSVParser.parse(csv, StandardCharsets.UTF_8, form.format())) {
        for (Iterator<CSVRecord> all = parser.iterator(); all.hasNext(); all.next()) {
          rows++;
        }
      }
    } catch (IOException | UncheckedIOException torn) {
      // It breaks off within quotes: the rows before stand.
      return Math.max(0, rows - 1);
    }
    return Math.max(0, rows - 1);
  }

  private void outputs() {
    LoadReport load = run.load();
    if (load != null && load.engine().equals("memtier") && !load.rows().isEmpty()) {
      gone("memtier_benchmark.txt", "memtier's own output");
      gone("memtier_benchmark.json", "memtier's own figures");
    }
    if (run.insert() != null) {
      gone("jmh.json", "JMH's own result");
      gone("jmh.log", "JMH's own output");
    }
  }

  private void gone(String file, String what) {
    Path path = folder.file(file);
    try {
      if (!Files.exists(path)) {
        lost.add(file + ", " + what + ", is gone");
      } else if (Files.size(path) == 0) {
        lost.add(file + ", " + what + ", is empty");
      }
    } catch (IOException e) {
      lost.add(file + " cannot be looked at (" + AtomicFile.reason(e) + ")");
    }
  }
}
