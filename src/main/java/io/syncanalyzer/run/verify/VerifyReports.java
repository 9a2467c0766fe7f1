package io.syncanalyzer.run.verify;

import io.syncanalyzer.redis.Counted;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.result.Figure;
import io.syncanalyzer.result.Mismatch;
import io.syncanalyzer.result.NotLookedAt;
import io.syncanalyzer.result.VerifyReport;
import io.syncanalyzer.verify.VerifySummary;
import io.syncanalyzer.verify.server.ServerCost;
import io.syncanalyzer.verify.server.VerifyFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The comparison in the report's terms. */
public final class VerifyReports {
  private VerifyReports() {}

  /**
   * Converts; the mismatches beyond the first few hundred stay in their file.
   *
   * @param asked which keys were to be compared
   */
  static VerifyReport of(VerifySummary summary, VerifySettings.Scope asked) {
    List<Mismatch> first = new ArrayList<>();
    try (var all = summary.mismatches().stream()) {
      all.limit(VerifyReport.LISTED).forEach(first::add);
    }
    List<Figure> figures = new ArrayList<>();
    figures.add(Figure.of("verify", "gone_keys", summary.goneKeys(), "keys"));
    summary
        .notLookedAt()
        .ifPresent(keys -> figures.add(Figure.of("verify", "not_looked_at", keys, "keys")));
    figures.add(Figure.of("verify", "keys_per_s", summary.keysPerSecond(), "1/s"));
    cost(figures, "source", summary.sourceCost());
    cost(figures, "replica", summary.replicaCost());
    List<String> notes = new ArrayList<>(summary.notes());
    return new VerifyReport(
        ScopeWords.compared(asked, summary.databases()),
        "full",
        summary.fence(),
        summary.elapsed().toNanos() / 1e9,
        summary.sourceKeys(),
        summary.replicaKeys(),
        summary.commonKeys(),
        Stream.concat(summary.rows().stream(), summary.functions().stream()).toList(),
        first,
        figures,
        notes,
        incomplete(summary),
        new NotLookedAt(
            summary.appearedNotLookedAt(),
            summary.movesNotLookedAt(),
            summary.unselectableKeys(),
            summary.functionsNotLookedAt()),
        ScopeWords.nothing(asked, summary),
        boxed(summary.keysLeftOut()));
  }

  /** Why not everything was looked at, and how much of it; null where all was. */
  private static @Nullable String incomplete(VerifySummary summary) {
    String why =
        summary.incomplete() == null && summary.stoppedEarly()
            ? "stopped at --max-mismatches"
            : summary.incomplete();
    return why == null || summary.notLookedAt().orElse(0) == 0
        ? why
        : why
            + "; "
            + Counted.words(summary.notLookedAt().getAsLong(), "key")
            + (summary.notLookedAt().getAsLong() == 1
                ? " of the source was"
                : " of the source were")
            + " not looked at";
  }

  /**
   * Whether what kept a comparison from being complete also kept it from having a result: a lost
   * server or disk does, keys that would not settle do not.
   */
  static boolean couldNotRun(VerifySummary summary) {
    return summary
        .incompleteKind()
        .filter(
            kind -> kind != VerifyFailure.Kind.INTERRUPTED && kind != VerifyFailure.Kind.CHANGED)
        .isPresent();
  }

  /**
   * Only the number of keys on both sides: no key is looked at.
   *
   * @param asked of which databases
   */
  public static VerifyReport counts(Endpoint source, Endpoint replica, VerifySettings.Scope asked) {
    long from = System.nanoTime();
    Long sourceKeys = size(source, asked.oneDatabase());
    Long replicaKeys = size(replica, asked.oneDatabase());
    return new VerifyReport(
        asked.oneDatabase().isPresent()
            ? "database " + asked.oneDatabase().getAsInt()
            : "all databases",
        "counts",
        "none",
        (System.nanoTime() - from) / 1e9,
        sourceKeys,
        replicaKeys,
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        null);
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

  private static void count(
      List<Figure> figures, String metric, @Nullable Long value, String unit) {
    if (value != null) {
      figures.add(Figure.of("verify", metric, value.longValue(), unit));
    }
  }

  /** Unknown, rather than that of one database, where a server does not show which it has. */
  private static @Nullable Long size(Endpoint endpoint, OptionalInt database) {
    if (database.isPresent()) {
      try (RedisConnection connection =
          RedisConnection.open(endpoint.withDatabase(database.getAsInt()))) {
        return connection.expect("DBSIZE") instanceof Reply.Int size ? size.value() : null;
      }
    }
    try (RedisConnection connection = RedisConnection.open(endpoint)) {
      return boxed(ServerInfo.read(connection, false).keysInAll());
    }
  }

  private static @Nullable Long boxed(OptionalLong value) {
    return value.isPresent() ? Long.valueOf(value.getAsLong()) : null;
  }
}
