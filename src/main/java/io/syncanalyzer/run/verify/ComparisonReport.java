package io.syncanalyzer.run.verify;

import io.syncanalyzer.redis.Counted;
import io.syncanalyzer.result.figure.Figure;
import io.syncanalyzer.result.verify.Mismatch;
import io.syncanalyzer.result.verify.VerifyReport;
import io.syncanalyzer.verify.VerifySummary;
import io.syncanalyzer.verify.partition.PartitionedSummary;
import io.syncanalyzer.verify.scan.VerifyScope;
import io.syncanalyzer.verify.server.NetworkTime;
import io.syncanalyzer.verify.server.ServerCost;
import io.syncanalyzer.verify.server.VerifyFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a comparison found, with the words that only the run knows: of its options, and of why it is
 * incomplete.
 */
final class ComparisonReport {
  private ComparisonReport() {}

  /**
   * The report; the mismatches beyond the first few hundred stay in their file.
   *
   * @param asked which keys were to be compared
   */
  static VerifyReport of(VerifySummary summary, VerifyScope asked) {
    return of(new PartitionedSummary(summary, List.of()), asked);
  }

  /** As the other, of partitions. */
  static VerifyReport of(PartitionedSummary found, VerifyScope asked) {
    VerifySummary summary = found.whole();
    List<Mismatch> first = new ArrayList<>();
    try (var all = summary.mismatches().stream()) {
      all.limit(VerifyReport.LISTED).forEach(first::add);
    }
    List<Figure> figures = new ArrayList<>();
    figures.add(Figure.of("verify", "gone_keys", summary.goneKeys(), "keys"));
    count(figures, "not_looked_at", summary.withoutVerdict(), "keys");
    figures.add(Figure.of("verify", "keys_per_s", summary.keysPerSecond(), "1/s"));
    cost(figures, "source", summary.sourceCost());
    cost(figures, "replica", summary.replicaCost());
    network(figures, summary.network());
    return new VerifyReport(
        ScopeWords.compared(asked, summary.databases()),
        "full",
        summary.fence().words(),
        summary.elapsed().toNanos() / 1e9,
        summary.sourceKeys(),
        summary.replicaKeys(),
        summary.commonKeys(),
        Stream.concat(summary.rows().stream(), summary.functions().stream()).toList(),
        first,
        figures,
        summary.notes(),
        incomplete(summary),
        summary.notLookedAt(),
        ScopeWords.nothing(asked, summary),
        summary.keysLeftOut(),
        found.partitions());
  }

  /** Why not everything was looked at, and how much of it; null where all was. */
  private static @Nullable String incomplete(VerifySummary summary) {
    String why =
        summary.incomplete() == null && summary.stoppedEarly()
            ? "stopped at --max-mismatches"
            : summary.incomplete();
    Long left = summary.withoutVerdict();
    return why == null || left == null || left == 0
        ? why
        : why
            + "; "
            + Counted.words(left, "key")
            + (left == 1 ? " of the source was" : " of the source were")
            + " not looked at";
  }

  /**
   * Whether what kept a comparison from being complete also kept it from having a result: a lost
   * server or disk does, keys that would not settle do not.
   */
  static boolean couldNotRun(VerifySummary summary) {
    VerifyFailure.Kind kind = summary.incompleteKind();
    return kind != null
        && kind != VerifyFailure.Kind.INTERRUPTED
        && kind != VerifyFailure.Kind.CHANGED;
  }

  private static void cost(List<Figure> figures, String side, ServerCost cost) {
    Double cpu = cost.cpuSeconds();
    if (cpu != null) {
      figures.add(Figure.of("verify", side + "_cpu", cpu.doubleValue(), "s"));
    }
    count(figures, side + "_bytes_in", cost.bytesIn(), "bytes");
    count(figures, side + "_bytes_out", cost.bytesOut(), "bytes");
    count(figures, side + "_commands", cost.commands(), "commands");
  }

  private static void network(List<Figure> figures, NetworkTime network) {
    Long waited = network.waitNanos();
    if (waited != null) {
      figures.add(Figure.of("verify", "network_wait", waited / 1e9, "s"));
    }
    micros(figures, "round_trip_source", network.sourceTripNanos());
    micros(figures, "round_trip_replica", network.replicaTripNanos());
  }

  private static void micros(List<Figure> figures, String metric, @Nullable Long nanos) {
    count(figures, metric, nanos == null ? null : Long.valueOf((nanos + 999) / 1000), "us");
  }

  private static void count(
      List<Figure> figures, String metric, @Nullable Long value, String unit) {
    if (value != null) {
      figures.add(Figure.of("verify", metric, value.longValue(), unit));
    }
  }
}
