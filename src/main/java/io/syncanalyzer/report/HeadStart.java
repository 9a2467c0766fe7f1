package io.syncanalyzer.report;

import io.syncanalyzer.report.files.CsvForm;
import io.syncanalyzer.report.files.Distributions;
import io.syncanalyzer.report.files.Figures;
import io.syncanalyzer.report.files.RunJson;
import io.syncanalyzer.report.files.Table;
import io.syncanalyzer.report.files.Tables;
import io.syncanalyzer.report.page.Page;
import io.syncanalyzer.report.page.PageFrame;
import io.syncanalyzer.result.EnvironmentReport;
import io.syncanalyzer.result.RunReport;
import io.syncanalyzer.result.RunReportBuilder;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Gets the JVM ready to write reports, on a thread of its own, while the command line is read and
 * the servers are connected to: an empty report is written into nothing, which loads all that a
 * real one takes. A short verification is done a tenth sooner by it, as its first file and its last
 * are then written without waiting for classes.
 */
public final class HeadStart {
  private HeadStart() {}

  /** Begins; nobody need wait for it. */
  public static void begin() {
    Thread thread = new Thread(HeadStart::run, "head-start");
    thread.setDaemon(true);
    thread.start();
  }

  private static void run() {
    try {
      writeIntoNothing();
    } catch (RuntimeException | Error anyReason) {
      // Where a report cannot be written, the run itself will find that out and say so.
    }
  }

  private static void writeIntoNothing() {
    RunReport nothing =
        new RunReportBuilder("", "", Instant.EPOCH)
            .environment(EnvironmentReport.ofThisMachine())
            .build();
    RunJson.summary(nothing);
    Table.line(Tables.SUMMARY.header(), CsvForm.POINT);
    Figures.of(nothing).forEach(figure -> Tables.SUMMARY.cells(figure, CsvForm.POINT));
    PageFrame.write(Writer.nullWriter(), Page.view(nothing, Distributions.read(Path.of(""))));
  }
}
