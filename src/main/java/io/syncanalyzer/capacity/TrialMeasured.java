package io.syncanalyzer.capacity;

import io.syncanalyzer.result.capacity.Trial;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What was measured in a trial, all that {@link TrialRules} judges it by.
 *
 * @param rate writes asked for and carried out, and the source's CPU
 * @param loadFailure one line how the load broke off or why it is not proved; null = it is
 * @param probe whether the probe was good for it
 * @param lag of the sentinels of the measured time
 * @param growth of the lag and of the offset gap
 * @param stream what the source wrote to its replicas
 * @param measuredNanos how long it was measured
 * @param link what became of the replica's link
 * @param recoveredNanos from the end of the load until the lag was back at the baseline; null = not
 *     within the time allowed
 */
public record TrialMeasured(
    Trial.Rate rate,
    @Nullable String loadFailure,
    Probe probe,
    Trial.Lag lag,
    Trial.Growth growth,
    Stream stream,
    long measuredNanos,
    Link link,
    @Nullable Long recoveredNanos) {
  public TrialMeasured {
    Objects.requireNonNull(rate, "rate is null");
    Objects.requireNonNull(probe, "probe is null");
    Objects.requireNonNull(lag, "lag is null");
    Objects.requireNonNull(growth, "growth is null");
    Objects.requireNonNull(stream, "stream is null");
    Objects.requireNonNull(link, "link is null");
    if (measuredNanos <= 0) {
      throw new IllegalArgumentException("a trial of no time: " + measuredNanos + " ns");
    }
  }

  /**
   * The probe itself.
   *
   * @param scheduled sentinels that were due
   * @param sent of them, those that were sent in time to count
   * @param pauseP99Nanos how long it did not look, at p99; null = unknown
   * @param pauseMaxNanos the longest time it did not look; null = unknown
   */
  public record Probe(
      long scheduled, long sent, @Nullable Long pauseP99Nanos, @Nullable Long pauseMaxNanos) {}

  /**
   * The replication stream.
   *
   * @param offsetsShown whether both sides show their offsets, so that there should be a gap
   * @param bytesPerS how much was written to it; null = unknown
   */
  public record Stream(boolean offsetsShown, @Nullable Double bytesPerS) {}

  /**
   * The link between source and replica.
   *
   * @param fullResyncs how many full resyncs were begun
   * @param lost whether it was down at a look
   */
  public record Link(long fullResyncs, boolean lost) {}
}
