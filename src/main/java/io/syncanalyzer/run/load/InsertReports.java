package io.syncanalyzer.run.load;

import io.syncanalyzer.insert.InsertRow;
import io.syncanalyzer.insert.InsertSummary;
import io.syncanalyzer.result.InsertReport;
import java.util.List;

/** The inserts in the report's terms. */
public final class InsertReports {
  private InsertReports() {}

  public static InsertReport of(InsertSummary insert) {
    return new InsertReport(
        insert.rows().stream().map(InsertReports::row).toList(), List.of(), insert.incomplete());
  }

  private static InsertReport.Row row(InsertRow row) {
    return new InsertReport.Row(
        row.type().label(),
        row.threads(),
        row.writes(),
        row.errors(),
        row.writesPerS(),
        row.meanUs(),
        row.p50Us(),
        row.p90Us(),
        row.p99Us(),
        row.p999Us(),
        row.maxUs(),
        row.intendedP99Us(),
        row.intendedMaxUs());
  }
}
