package io.syncanalyzer.report;

import io.syncanalyzer.result.verify.VerifyPartition;
import io.syncanalyzer.result.verify.VerifyReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Partitions of a comparison, as they might have been. */
public final class SamplePartitions {
  private SamplePartitions() {}

  /**
   * One of a thousand keys.
   *
   * @param differing how many of them are mismatched
   * @param unsettled how many kept changing
   */
  public static VerifyPartition of(
      int number,
      String executor,
      @Nullable Double startSeconds,
      double seconds,
      long differing,
      long unsettled) {
    return new VerifyPartition(
        number,
        "10.0.0.1:7000",
        "10.0.1.1:7000",
        8 * (number - 1),
        8 * number - 1,
        1000,
        1000,
        1000 - differing - unsettled,
        differing,
        unsettled,
        0,
        100_000L,
        nanos(seconds),
        1,
        "offset",
        executor,
        null,
        startSeconds == null ? null : Long.valueOf(nanos(startSeconds)));
  }

  /**
   * Many, each begun by the first executor that is free; one in forty differs, one in fifty is
   * unsettled, one in seventy took much longer than others.
   *
   * @param executors how many there are; of one alone it is the analyzer's own process
   * @param atOnce how many each compares at once
   */
  public static List<VerifyPartition> many(int partitions, int executors, int atOnce) {
    Random random = new Random(partitions);
    double[] free = new double[executors * atOnce];
    List<VerifyPartition> all = new ArrayList<>();
    for (int number = 1; number <= partitions; number++) {
      int first = 0;
      for (int place = 1; place < free.length; place++) {
        first = free[place] < free[first] ? place : first;
      }
      double start = free[first] + 0.01 + 0.05 * random.nextDouble();
      double seconds = (number % 70 == 9 ? 4 : 1) * (1 + 2 * random.nextDouble());
      String executor = executors == 1 ? VerifyPartition.LOCAL : "10.0.2." + (10 + first / atOnce);
      all.add(
          of(number, executor, start, seconds, number % 40 == 3 ? 7 : 0, number % 50 == 4 ? 2 : 0));
      free[first] = start + seconds;
    }
    return all;
  }

  /** One that is equal. */
  public static VerifyPartition of(
      int number, String executor, @Nullable Double startSeconds, double seconds) {
    return of(number, executor, startSeconds, seconds, 0, 0);
  }

  private static long nanos(double seconds) {
    return Math.round(seconds * 1e9);
  }

  /** A comparison with these partitions. */
  public static VerifyReport report(List<VerifyPartition> partitions) {
    return SampleRuns.different().of(partitions);
  }
}
