package io.syncanalyzer.insert;

import io.syncanalyzer.probe.LagSummary;
import io.syncanalyzer.result.InsertReport;
import io.syncanalyzer.result.load.InsertRow;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the inserters wrote and what the probe beside them saw.
 *
 * @param jmhVersion of JMH
 * @param rows a type each, in the order asked; empty if the fork left nothing
 * @param lag empty if the fork left nothing
 * @param incomplete one line why it is not whole; null = it is
 */
public record InsertSummary(
    String jmhVersion,
    List<InsertRow> rows,
    Optional<LagSummary> lag,
    @Nullable String incomplete) {
  public InsertSummary {
    Objects.requireNonNull(jmhVersion, "jmhVersion is null");
    Objects.requireNonNull(lag, "lag is null");
    rows = List.copyOf(rows);
  }

  /** As the run keeps it; the lag apart. */
  public InsertReport report() {
    return new InsertReport(rows, List.of(), incomplete);
  }

  /** Acknowledged writes of all types. */
  public long writes() {
    return rows.stream().mapToLong(row -> row.writes() == null ? 0 : row.writes()).sum();
  }

  /** Failed writes of all types. */
  public long errors() {
    return rows.stream().mapToLong(row -> row.errors() == null ? 0 : row.errors()).sum();
  }
}
