package io.syncanalyzer.result.load;

import io.syncanalyzer.result.figure.Numbers;
import org.jspecify.annotations.Nullable;

/**
 * The sentinels' writes of a type, a row of {@code inserts.csv}: those of the measured time, the
 * warm-up left out by send time. Null is unknown: nothing written, or too few for that percentile
 * (p needs 10/(1−p) writes).
 *
 * <p>Times are of acknowledged writes, from histograms exact to 0.1 %.
 *
 * @param type of Redis, as the file has it
 * @param threads lanes that wrote it
 * @param writes acknowledged by the source
 * @param errors refused, timed out or lost
 * @param writesPerS acknowledged writes per second of measured time
 * @param latency from the write's sending to its reply
 * @param intendedP99Nanos from the moment the schedule wanted it sent, which includes what it
 *     waited for its lane
 * @param intendedMaxNanos likewise
 */
public record InsertRow(
    String type,
    @Nullable Integer threads,
    @Nullable Long writes,
    @Nullable Long errors,
    @Nullable Double writesPerS,
    Latency latency,
    @Nullable Double intendedP99Nanos,
    @Nullable Double intendedMaxNanos) {
  public InsertRow {
    writesPerS = Numbers.known(writesPerS);
    intendedP99Nanos = Numbers.known(intendedP99Nanos);
    intendedMaxNanos = Numbers.known(intendedMaxNanos);
  }
}
