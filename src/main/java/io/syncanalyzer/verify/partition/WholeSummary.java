package io.syncanalyzer.verify.partition;

import io.syncanalyzer.fence.FenceUse;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.result.verify.NotLookedAt;
import io.syncanalyzer.result.verify.VerifyPartition;
import io.syncanalyzer.result.verify.VerifyRow;
import io.syncanalyzer.verify.VerifySummary;
import io.syncanalyzer.verify.found.MismatchLog;
import io.syncanalyzer.verify.server.NetworkTime;
import io.syncanalyzer.verify.server.VerifyFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sums up partitions to one verification. */
final class WholeSummary {
  private static final Comparator<Part> BY_SLOT =
      Comparator.comparingInt((Part part) -> part.partition().slots().from())
          .thenComparing(part -> part.partition().number());

  private final PartitionedRequest request;
  private final List<Ended> failed;
  private final List<Part> parts = new ArrayList<>();
  private final List<VerifySummary> found;
  private final List<String> changes;

  /** A partition, with what was found of it, if anything. */
  private record Part(
      Partition partition,
      @Nullable VerifySummary summary,
      long nanos,
      int attempts,
      @Nullable String executor,
      @Nullable Long startNanos) {
    static Part of(Ended ended) {
      return new Part(
          ended.partition(),
          ended.summary(),
          ended.nanos(),
          ended.partition().attempt(),
          ended.executor(),
          ended.startNanos());
    }

    static Part of(Done done) {
      return new Part(
          done.partition(),
          done.summary(),
          done.nanos(),
          done.partition().attempt(),
          done.executor(),
          done.startNanos());
    }

    static Part notBegun(Partition partition) {
      return new Part(partition, null, 0, partition.attempt() - 1, null, null);
    }
  }

  /**
   * @param done those that were verified
   * @param failed those that ended for good before their end
   * @param cutOff those that were told to end
   * @param notDone those that were not begun, or were to be begun again
   * @param changes what is to be told of slots and nodes
   */
  WholeSummary(
      PartitionedRequest request,
      Collection<Done> done,
      List<Ended> failed,
      List<Ended> cutOff,
      List<Partition> notDone,
      List<String> changes) {
    this.request = request;
    this.failed = List.copyOf(failed);
    this.changes = List.copyOf(changes);
    done.forEach(one -> parts.add(Part.of(one)));
    failed.forEach(one -> parts.add(Part.of(one)));
    cutOff.forEach(one -> parts.add(Part.of(one)));
    notDone.forEach(one -> parts.add(Part.notBegun(one)));
    parts.sort(BY_SLOT);
    this.found = parts.stream().map(Part::summary).flatMap(Stream::ofNullable).toList();
    if (found.isEmpty()) {
      Stream.concat(failed.stream(), cutOff.stream())
          .map(Ended::thrown)
          .flatMap(Stream::ofNullable)
          .findFirst()
          .ifPresent(WholeSummary::rethrow);
    }
    // What is no failure of a server, a disk or such is one of the program.
    for (Ended one : failed) {
      if (one.thrown() != null
          && one.how() == Ended.How.ALL_FAILED
          && !(one.thrown() instanceof VerifyFailure)) {
        rethrow(one.thrown());
      }
    }
  }

  private static void rethrow(Throwable thrown) {
    throw VerifyFailure.of(thrown);
  }

  /**
   * The sum.
   *
   * @param interrupted whether the user has ended it
   * @param enough whether there are as many mismatches as were to be found
   * @param nanos how long it took
   */
  PartitionedSummary of(NodeBook book, boolean interrupted, boolean enough, long nanos) {
    if (found.isEmpty()) {
      throw new VerifyFailure(VerifyFailure.Kind.INTERRUPTED, "interrupted", null);
    }
    MergedNotes notes = new MergedNotes();
    parts.forEach(
        part -> {
          VerifySummary summary = part.summary();
          if (summary != null) {
            notes.add(part.partition(), summary.notes());
          }
        });
    List<VerifyRow> rows = MergedRows.of(found.stream().flatMap(one -> one.rows().stream()));
    VerifyFailure.Kind kind = interrupted ? VerifyFailure.Kind.INTERRUPTED : kind();
    VerifySummary whole =
        new VerifySummary(
            sum(VerifySummary::sourceKeys),
            sum(VerifySummary::replicaKeys),
            sum(VerifySummary::commonKeys),
            sum(VerifySummary::goneKeys),
            rows,
            MergedRows.of(found.stream().flatMap(one -> one.functions().stream())),
            mismatches(),
            fence(),
            Stream.concat(changes.stream(), notes.lines().stream()).toList(),
            book.cost(Side.SOURCE),
            book.cost(Side.REPLICA),
            Duration.ofNanos(nanos),
            enough,
            withoutVerdict(),
            List.copyOf(databases()),
            notLookedAt(),
            found.stream().allMatch(one -> one.keysLeftOut() == null) ? null : leftOut(),
            kind == null ? null : interrupted ? "interrupted" : why(),
            kind,
            network());
    return new PartitionedSummary(whole, parts.stream().map(WholeSummary::row).toList());
  }

  /** Partitions wait beside each other: how long all of them did is not known. */
  private NetworkTime network() {
    return found.size() == 1
        ? found.get(0).network()
        : new NetworkTime(
            null, longest(NetworkTime::sourceTripNanos), longest(NetworkTime::replicaTripNanos));
  }

  private @Nullable Long longest(Function<NetworkTime, @Nullable Long> trip) {
    return found.stream()
        .map(one -> trip.apply(one.network()))
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  /** Other databases than the one that was named, of the side that holds fewer keys there. */
  private long leftOut() {
    ToLongFunction<VerifySummary> keys =
        one -> {
          Long left = one.keysLeftOut();
          return left == null ? 0 : left;
        };
    return Math.min(onSource(keys), onReplica(keys));
  }

  /** A cluster's other databases: its nodes may all be compared with one server. */
  private long otherDatabases() {
    ToLongFunction<VerifySummary> keys = one -> one.notLookedAt().otherDatabases();
    return Math.max(onSource(keys), onReplica(keys));
  }

  private long onSource(ToLongFunction<VerifySummary> keys) {
    return perServer(keys, one -> one.source().address());
  }

  private long onReplica(ToLongFunction<VerifySummary> keys) {
    return perServer(keys, one -> one.replica().address());
  }

  /** Each partition tells of its whole servers: what they leave out is counted once a server. */
  private long perServer(ToLongFunction<VerifySummary> keys, Function<Partition, String> server) {
    Map<String, Long> byServer = new HashMap<>();
    for (Part part : parts) {
      VerifySummary summary = part.summary();
      byServer.merge(
          server.apply(part.partition()),
          summary == null ? 0 : keys.applyAsLong(summary),
          Math::max);
    }
    return byServer.values().stream().mapToLong(Long::longValue).sum();
  }

  private Set<Integer> databases() {
    Set<Integer> all = new TreeSet<>();
    found.forEach(one -> all.addAll(one.databases()));
    return all;
  }

  private long sum(ToLongFunction<VerifySummary> figure) {
    return found.stream().mapToLong(figure).sum();
  }

  private MismatchLog mismatches() {
    boolean many =
        parts.stream().map(one -> one.partition().source().address()).distinct().count() > 1;
    List<MismatchLog> logs = new ArrayList<>();
    for (Part part : parts) {
      VerifySummary summary = part.summary();
      if (summary != null && !summary.mismatches().isEmpty()) {
        logs.add(summary.mismatches().at(null, many ? part.partition().source().address() : null));
      }
    }
    return MismatchLog.of(request.folder(), logs);
  }

  private FenceUse fence() {
    List<FenceUse> uses = found.stream().map(VerifySummary::fence).toList();
    List<String> descriptions = uses.stream().map(FenceUse::description).distinct().toList();
    String words =
        descriptions.size() == 1
            ? descriptions.get(0)
            : String.join(
                "; ",
                descriptions.stream()
                    .map(
                        one ->
                            one
                                + " ("
                                + uses.stream().filter(use -> use.description().equals(one)).count()
                                + " of "
                                + uses.size()
                                + " partitions)")
                    .toList());
    return new FenceUse(
        words,
        uses.stream().anyMatch(FenceUse::proves),
        uses.stream().mapToLong(FenceUse::passed).sum(),
        uses.stream().mapToLong(FenceUse::longestNanos).max().orElse(0),
        uses.stream().mapToLong(FenceUse::writes).sum());
  }

  private @Nullable Long withoutVerdict() {
    long sum = 0;
    for (Part part : parts) {
      VerifySummary summary = part.summary();
      Long left =
          summary == null ? Long.valueOf(part.partition().keys()) : summary.withoutVerdict();
      if (left == null) {
        return null;
      }
      sum += left;
    }
    return sum;
  }

  private NotLookedAt notLookedAt() {
    return new NotLookedAt(
        sum(one -> one.notLookedAt().appeared()),
        sum(one -> one.notLookedAt().moves()),
        sum(one -> one.notLookedAt().unselectable()),
        sum(one -> one.notLookedAt().functions()),
        otherDatabases());
  }

  /** What kept it from being complete; what kept it from a result comes first. */
  private VerifyFailure.@Nullable Kind kind() {
    if (!failed.isEmpty()) {
      return failed.get(0).kind();
    }
    return found.stream()
        .map(VerifySummary::incompleteKind)
        .filter(Objects::nonNull)
        // Of those that were told to end because there was enough.
        .filter(kind -> kind != VerifyFailure.Kind.INTERRUPTED)
        .findFirst()
        .orElse(null);
  }

  private String why() {
    if (!failed.isEmpty()) {
      return failed.get(0).partition()
          + ": "
          + failed.get(0).why()
          + (failed.size() == 1 ? "" : "; and " + (failed.size() - 1) + " more partitions");
    }
    for (Part part : parts) {
      VerifySummary summary = part.summary();
      if (summary != null
          && summary.incomplete() != null
          && summary.incompleteKind() != VerifyFailure.Kind.INTERRUPTED) {
        return part.partition() + ": " + summary.incomplete();
      }
    }
    return "";
  }

  private static VerifyPartition row(Part part) {
    Partition partition = part.partition();
    VerifySummary found = part.summary();
    Long bytes = 0L;
    for (VerifyRow row : found == null ? List.<VerifyRow>of() : found.rows()) {
      bytes = bytes == null || row.bytes() == null ? null : Long.valueOf(bytes + row.bytes());
    }
    return new VerifyPartition(
        partition.number(),
        partition.source().address(),
        partition.replica().address(),
        partition.slots().from(),
        partition.slots().to(),
        found == null ? 0 : found.sourceKeys(),
        found == null ? 0 : found.replicaKeys(),
        found == null ? 0 : found.keys(KeyVerdict.EQUAL),
        found == null ? 0 : found.mismatched(),
        found == null ? 0 : found.keys(KeyVerdict.UNSETTLED),
        found == null ? 0 : found.keys(KeyVerdict.UNREADABLE),
        bytes,
        part.nanos(),
        part.attempts(),
        found == null ? "" : found.fence().kind(),
        part.executor() == null ? "" : part.executor(),
        null,
        part.startNanos());
  }

  /** The row of a verification that was not cut into partitions. */
  static VerifyPartition row(Ended ended, VerifySummary found) {
    return row(
        new Part(
            ended.partition(),
            found,
            found.elapsed().toNanos(),
            ended.partition().attempt(),
            ended.executor(),
            ended.startNanos()));
  }
}
