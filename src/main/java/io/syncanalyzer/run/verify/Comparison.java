package io.syncanalyzer.run.verify;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.topology.ShardPair;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.result.verify.Mismatch;
import io.syncanalyzer.result.verify.VerifyReport;
import io.syncanalyzer.run.record.RunContext;
import io.syncanalyzer.run.record.Uninterrupted;
import io.syncanalyzer.verify.VerifySummary;
import io.syncanalyzer.verify.attempt.VerifySettings;
import io.syncanalyzer.verify.partition.PartitionedRequest;
import io.syncanalyzer.verify.partition.PartitionedSummary;
import io.syncanalyzer.verify.partition.PartitionedVerification;
import io.syncanalyzer.verify.resume.CannotResume;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs a comparison as the settings say, in a folder of its own inside the run's. */
public final class Comparison {
  private Comparison() {}

  /**
   * What came of it, its mismatches still on disk.
   *
   * @param summary as the comparison gave it
   * @param report the same in the report's terms
   */
  public record Outcome(VerifySummary summary, VerifyReport report) {
    /** One line why the run is to be called failed; null where it is not. */
    public @Nullable String failure() {
      return ComparisonReport.couldNotRun(summary) ? report.incomplete() : null;
    }

    /** Whether nothing kept it from being complete but the limit of mismatches. */
    boolean hasOnlyStopped() {
      return summary.stoppedEarly() && summary.incomplete() == null;
    }

    /** All mismatches, read from disk one at a time. */
    public Iterable<Mismatch> mismatches() {
      return () -> {
        Stream<Mismatch> all = summary.mismatches().stream();
        Iterator<Mismatch> one = all.iterator();
        return new Iterator<>() {
          @Override
          public boolean hasNext() {
            boolean more = one.hasNext();
            if (!more) {
              all.close();
            }
            return more;
          }

          @Override
          public Mismatch next() {
            return one.next();
          }
        };
      };
    }
  }

  /**
   * Compares whatever holds the same slots. A pair of servers that are in no cluster is one
   * verification; anything else is cut into partitions.
   *
   * @param pairs who holds the same slots
   * @param again who holds them when this is asked
   * @param folder where the comparison keeps what does not fit into memory; made if need be
   * @param resume whether to go on with what an earlier one left in {@code folder}
   */
  static Outcome run(
      RunContext context,
      VerifySettings settings,
      List<ShardPair> pairs,
      Supplier<List<ShardPair>> again,
      String runId,
      Path folder,
      boolean resume) {
    Resumption.requireOne(folder, resume);
    requireDatabase(settings, pairs);
    context.metrics().compares();
    PartitionedSummary found;
    try {
      found =
          new PartitionedVerification(
                  new PartitionedRequest(pairs, runId, made(folder), settings, resume),
                  again,
                  context.work(),
                  heard -> VerifyProgressLine.show(context, heard),
                  context.clock())
              .run();
    } catch (CannotResume notForThis) {
      throw Resumption.refused(notForThis);
    }
    // The comparison may have ended by an interrupt, and its mismatches are read from disk.
    return new Outcome(
        found.whole(), Uninterrupted.get(() -> ComparisonReport.of(found, settings.scope())));
  }

  /** Most clusters have database 0 alone: another is never taken for the one that was asked for. */
  private static void requireDatabase(VerifySettings settings, List<ShardPair> pairs) {
    Integer database = settings.scope().database();
    if (database == null || database == 0) {
      return;
    }
    pairs.stream()
        .filter(ShardPair::bySlot)
        .limit(1)
        .flatMap(pair -> Stream.of(pair.source(), pair.replica()))
        .forEach(side -> requireDatabase(side, database));
  }

  private static void requireDatabase(Endpoint side, int database) {
    try (RedisConnection connection = RedisConnection.open(side.withDatabase(database))) {
      connection.keepAwake();
    } catch (RedisFailure e) {
      if (e.kind() != RedisFailure.Kind.OTHER_REPLY
          && e.kind() != RedisFailure.Kind.DATABASE_RANGE) {
        throw e;
      }
      throw new IllegalArgumentException(
          "--db "
              + database
              + ": "
              + side.address()
              + " does not have it, as most clusters have database 0 alone; leave it out, or name"
              + " --db 0",
          e);
    }
  }

  /** Makes a folder, if need be. */
  static Path made(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make " + folder + ": " + e.getMessage(), e);
    }
  }

  /** Deletes what a comparison kept on disk for itself. */
  public static void discard(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + folder + ": " + e.getMessage(), e);
    }
  }
}
