package io.syncanalyzer.insert;

import io.syncanalyzer.sentinel.SentinelType;
import java.util.Objects;

/**
 * The writes of a type: a row of {@code inserts.csv}. Of the measured time only, the warm-up left
 * out by send time. Unknown is {@code NaN}: nothing written, or too few for that percentile (p
 * needs 10/(1−p) writes).
 *
 * <p>Times are of successful writes, microseconds, from histograms exact to 0.1 %: from the write's
 * sending to its reply; {@code intended} from the moment the schedule wanted it sent, which
 * includes what it waited for its lane.
 *
 * @param threads lanes that wrote it
 * @param writes acknowledged by the source
 * @param errors refused, timed out or lost
 * @param writesPerS acknowledged writes per second of measured time
 */
public record InsertRow(
    SentinelType type,
    int threads,
    long writes,
    long errors,
    double writesPerS,
    double meanUs,
    double p50Us,
    double p90Us,
    double p99Us,
    double p999Us,
    double maxUs,
    double intendedP99Us,
    double intendedMaxUs) {
  public InsertRow {
    Objects.requireNonNull(type, "type is null");
  }
}
