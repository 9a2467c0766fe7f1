package io.syncanalyzer.result;

import io.syncanalyzer.result.figure.Lists;
import io.syncanalyzer.result.load.InsertRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of the sentinels' writes.
 *
 * @param rows {@code inserts.csv}
 * @param warnings one line each
 * @param incomplete one line why it did not end as asked; null where it did
 */
public record InsertReport(
    List<InsertRow> rows, List<String> warnings, @Nullable String incomplete) {
  public InsertReport {
    rows = Lists.copy(rows);
    warnings = Lists.copy(warnings);
  }
}
