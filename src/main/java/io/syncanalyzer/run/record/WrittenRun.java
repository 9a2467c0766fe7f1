package io.syncanalyzer.run.record;

import io.syncanalyzer.report.RunWriter;
import io.syncanalyzer.report.files.JUnitXml;
import io.syncanalyzer.report.markdown.SummaryFiles;
import io.syncanalyzer.result.RunReport;
import io.syncanalyzer.result.RunReportBuilder;
import io.syncanalyzer.result.verify.Mismatch;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a run leaves at its end: files that all say the same of how it ended.
 *
 * <p>A file that cannot be written is a failure of the run, which still gets its others; but those
 * that had been written by then say what was right until then. So all are written once more, as
 * they also are where the result turns out to be lost after them. Only the first failure is told,
 * so that nothing changes a third time.
 */
final class WrittenRun {
  private final RunReportBuilder report;
  private final RunWriter writer;
  private final Optional<Path> junit;
  private final SummaryFiles markdown;
  private final boolean keptAsItWas;
  private final Consumer<RuntimeException> failed;
  private final Consumer<String> warn;

  /**
   * Nothing is written yet.
   *
   * @param keptAsItWas whether the folder is left to the results of an earlier run
   * @param failed takes what could not be written as the run's failure
   * @param warn told of what stays as it was, and so does not say how the run ended
   */
  WrittenRun(
      RunReportBuilder report,
      RunWriter writer,
      Optional<Path> junit,
      SummaryFiles markdown,
      boolean keptAsItWas,
      Consumer<RuntimeException> failed,
      Consumer<String> warn) {
    this.report = report;
    this.writer = writer;
    this.junit = junit;
    this.markdown = markdown;
    this.keptAsItWas = keptAsItWas;
    this.failed = failed;
    this.warn = warn;
  }

  /**
   * Writes every file, and gives the report as it then is.
   *
   * @param mismatches all of them, read once
   */
  RunReport write(Iterable<Mismatch> mismatches) {
    RunReport first = report.build();
    if (!keptAsItWas) {
      attempt(() -> writer.files(first, mismatches), failed);
    }
    junit.ifPresent(file -> attempt(() -> JUnitXml.write(file, report.build()), failed));
    attempt(() -> markdown.write(report.build(), writer.folder()), failed);
    if (!keptAsItWas) {
      attempt(() -> writer.row(report.build()), failed);
      attempt(() -> writer.save(report.build()), failed);
    }
    return Objects.equals(report.build().failure(), first.failure()) ? first : again();
  }

  /**
   * Writes every file anew with what the report has become, but for a JUnit document or a summary
   * that somebody has read from a pipe. What the disk does not take now stays as it was.
   */
  RunReport again() {
    RunReport run = report.build();
    junit
        .filter(JUnitXml::canBeWrittenAgain)
        .ifPresent(file -> attempt(() -> JUnitXml.write(file, run), stays(file)));
    markdown
        .named()
        .ifPresent(file -> attempt(() -> markdown.writeAgain(run, writer.folder()), stays(file)));
    if (!keptAsItWas) {
      attempt(() -> writer.rebuild(run), stays(writer.folder().path()));
      attempt(() -> writer.row(run), stays(writer.folder().runsCsv()));
      attempt(() -> writer.save(run), stays(writer.folder().runJson()));
    }
    return run;
  }

  private Consumer<RuntimeException> stays(Path file) {
    return e ->
        warn.accept(
            (file.equals(writer.folder().path()) ? "what is in " + file : file.toString())
                + " may be left as it was before the run's end: "
                + e.getMessage());
  }

  private static void attempt(Runnable writing, Consumer<RuntimeException> refused) {
    try {
      writing.run();
    } catch (RuntimeException e) {
      refused.accept(e);
    }
  }
}
