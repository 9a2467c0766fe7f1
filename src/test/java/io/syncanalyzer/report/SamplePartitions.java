package io.syncanalyzer.report;

import io.syncanalyzer.result.verify.VerifyPartition;
import io.syncanalyzer.result.verify.VerifyReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Partitions of a comparison, as they might have been. */
public final class SamplePartitions {
  private SamplePartitions() {}

  /** One of whose thousand keys as many differ. */
  public static VerifyPartition of(
      int number, String executor, @Nullable Double startSeconds, double seconds, long differing) {
    return new VerifyPartition(
        number,
        "10.0.0.1:7000",
        "10.0.1.1:7000",
        8 * (number - 1),
        8 * number - 1,
        1000,
        1000,
        1000 - differing,
        differing,
        0,
        0,
        100_000L,
        nanos(seconds),
        1,
        "offset",
        executor,
        null,
        startSeconds == null ? null : Long.valueOf(nanos(startSeconds)));
  }

  private static long nanos(double seconds) {
    return Math.round(seconds * 1e9);
  }

  /** A comparison with these partitions. */
  public static VerifyReport report(List<VerifyPartition> partitions) {
    return SampleRuns.different().of(partitions);
  }
}
