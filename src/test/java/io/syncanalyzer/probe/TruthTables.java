package io.syncanalyzer.probe;

import io.syncanalyzer.probe.figures.LagPhase;
import io.syncanalyzer.result.lag.LagPercentile;
import io.syncanalyzer.result.lag.LagValue;
import java.util.Locale;

/** A summary as a table for people, printed by the truth tests. */
final class TruthTables {
  private TruthTables() {}

  static String of(LagSummary summary) {
    StringBuilder text = new StringBuilder();
    for (LagPhase phase : summary.phases()) {
      text.append(
          String.format(
              Locale.ROOT, "%n%s on %s (%s)%n", phase.phase(), phase.replica(), phase.observer()));
      text.append(
          String.format(
              "%10s %14s %14s %14s %8s%n",
              "percentile", "upper_us", "lower_us", "intended_us", "samples"));
      for (LagPercentile row : phase.rows()) {
        text.append(
            String.format(
                "%10s %14s %14s %14s %8d%n",
                row.percentile(),
                cell(row.upper()),
                cell(row.lower()),
                cell(row.intended()),
                row.samples()));
      }
      text.append(phase.accounting()).append('\n');
      text.append(phase.figures()).append('\n');
      text.append(phase.warnings()).append('\n');
    }
    return text.append("incomplete: ").append(summary.incomplete()).toString();
  }

  static String cell(LagValue value) {
    if (value instanceof LagValue.Known known) {
      return String.format(Locale.ROOT, "%.1f", known.nanos() / 1e3);
    }
    return value instanceof LagValue.Open ? "open" : "";
  }
}
