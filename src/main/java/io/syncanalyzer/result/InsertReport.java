package io.syncanalyzer.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What JMH measured of the sentinels' writes.
 *
 * @param rows {@code inserts.csv}
 * @param warnings one line each
 * @param incomplete one line why it did not end as asked; null where it did
 */
public record InsertReport(List<Row> rows, List<String> warnings, @Nullable String incomplete) {
  public InsertReport {
    rows = Lists.copy(rows);
    warnings = Lists.copy(warnings);
  }

  /** A type; times in microseconds, null is unknown. */
  public record Row(
      String type,
      @Nullable Integer threads,
      @Nullable Long writes,
      @Nullable Long errors,
      @Nullable Double writesPerS,
      @Nullable Double meanUs,
      @Nullable Double p50Us,
      @Nullable Double p90Us,
      @Nullable Double p99Us,
      @Nullable Double p999Us,
      @Nullable Double maxUs,
      @Nullable Double intendedP99Us,
      @Nullable Double intendedMaxUs) {
    public Row {
      writesPerS = Numbers.known(writesPerS);
      meanUs = Numbers.known(meanUs);
      p50Us = Numbers.known(p50Us);
      p90Us = Numbers.known(p90Us);
      p99Us = Numbers.known(p99Us);
      p999Us = Numbers.known(p999Us);
      maxUs = Numbers.known(maxUs);
      intendedP99Us = Numbers.known(intendedP99Us);
      intendedMaxUs = Numbers.known(intendedMaxUs);
    }
  }
}
