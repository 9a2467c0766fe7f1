package io.syncanalyzer.result.verify;

import io.syncanalyzer.result.figure.Figure;
import io.syncanalyzer.result.figure.Lists;
import io.syncanalyzer.result.figure.Numbers;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a comparison of both sides found. Null is unknown.
 *
 * @param scope what was compared, in words: databases, pattern, types
 * @param mode {@code full} or {@code counts}
 * @param fence the fence that settled suspects, in words
 * @param elapsedSeconds how long it took
 * @param sourceKeys keys read on the source
 * @param replicaKeys keys seen on the replica
 * @param commonKeys keys on both
 * @param rows {@code verify.csv}
 * @param mismatches the first of the mismatches, as the page shows them ({@link #LISTED} at most);
 *     all of them stream into {@code mismatches.csv} and are never held together
 * @param figures further figures for {@code summary.csv}, such as the cost on each server
 * @param notes one line each, such as what was not looked at and how was counted
 * @param incomplete one line why it did not end as asked; null where it did
 * @param notLookedAt what is known not to have been looked at
 * @param nothing why no key was compared though some were asked for; null where any was, or where
 *     all there is was asked for
 * @param leftOut keys in other databases than the one that was named; null where none was, or where
 *     they are hidden
 * @param partitions {@code verify_partitions.csv}
 * @param replicas what each of several came to, in the order they were named; empty of one alone
 */
public record VerifyReport(
    String scope,
    String mode,
    String fence,
    @Nullable Double elapsedSeconds,
    @Nullable Long sourceKeys,
    @Nullable Long replicaKeys,
    @Nullable Long commonKeys,
    List<VerifyRow> rows,
    List<Mismatch> mismatches,
    List<Figure> figures,
    List<String> notes,
    @Nullable String incomplete,
    NotLookedAt notLookedAt,
    @Nullable String nothing,
    @Nullable Long leftOut,
    List<VerifyPartition> partitions,
    List<ReplicaTotals> replicas) {
  /** How many mismatches a report holds in itself. */
  public static final int LISTED = 300;

  public VerifyReport {
    elapsedSeconds = Numbers.known(elapsedSeconds);
    rows = Lists.copy(rows);
    mismatches = Lists.copy(mismatches);
    figures = Lists.copy(figures);
    notes = Lists.copy(notes);
    partitions = Lists.copy(partitions);
    replicas = Lists.copy(replicas);
    // A run.json of an earlier version has none.
    notLookedAt = Objects.requireNonNullElse(notLookedAt, NotLookedAt.NOTHING);
    if (mismatches.size() > LISTED) {
      mismatches = List.copyOf(mismatches.subList(0, LISTED));
    }
  }

  /** A comparison that looked at all that was asked for. */
  public VerifyReport(
      String scope,
      String mode,
      String fence,
      @Nullable Double elapsedSeconds,
      @Nullable Long sourceKeys,
      @Nullable Long replicaKeys,
      @Nullable Long commonKeys,
      List<VerifyRow> rows,
      List<Mismatch> mismatches,
      List<Figure> figures,
      List<String> notes,
      @Nullable String incomplete) {
    this(
        scope,
        mode,
        fence,
        elapsedSeconds,
        sourceKeys,
        replicaKeys,
        commonKeys,
        rows,
        mismatches,
        figures,
        notes,
        incomplete,
        NotLookedAt.NOTHING,
        null,
        null,
        List.of());
  }

  /** Of one replica. */
  public VerifyReport(
      String scope,
      String mode,
      String fence,
      @Nullable Double elapsedSeconds,
      @Nullable Long sourceKeys,
      @Nullable Long replicaKeys,
      @Nullable Long commonKeys,
      List<VerifyRow> rows,
      List<Mismatch> mismatches,
      List<Figure> figures,
      List<String> notes,
      @Nullable String incomplete,
      NotLookedAt notLookedAt,
      @Nullable String nothing,
      @Nullable Long leftOut,
      List<VerifyPartition> partitions) {
    this(
        scope,
        mode,
        fence,
        elapsedSeconds,
        sourceKeys,
        replicaKeys,
        commonKeys,
        rows,
        mismatches,
        figures,
        notes,
        incomplete,
        notLookedAt,
        nothing,
        leftOut,
        partitions,
        List.of());
  }

  /** The same with what each of several replicas came to. */
  public VerifyReport ofReplicas(List<ReplicaTotals> totals) {
    return new VerifyReport(
        scope,
        mode,
        fence,
        elapsedSeconds,
        sourceKeys,
        replicaKeys,
        commonKeys,
        rows,
        mismatches,
        figures,
        notes,
        incomplete,
        notLookedAt,
        nothing,
        leftOut,
        partitions,
        totals);
  }

  /** The same with its partitions. */
  public VerifyReport of(List<VerifyPartition> ranges) {
    return new VerifyReport(
        scope,
        mode,
        fence,
        elapsedSeconds,
        sourceKeys,
        replicaKeys,
        commonKeys,
        rows,
        mismatches,
        figures,
        notes,
        incomplete,
        notLookedAt,
        nothing,
        leftOut,
        ranges,
        replicas);
  }

  /** The same, not everything having been looked at for one more reason. */
  public VerifyReport lacking(String why) {
    return new VerifyReport(
        scope,
        mode,
        fence,
        elapsedSeconds,
        sourceKeys,
        replicaKeys,
        commonKeys,
        rows,
        mismatches,
        figures,
        notes,
        incomplete == null ? why : incomplete + "; " + why,
        notLookedAt,
        nothing,
        leftOut,
        partitions,
        replicas);
  }

  /** Keys of a verdict, over all types. */
  public long keys(KeyVerdict verdict) {
    return keyRows().filter(row -> row.verdict() == verdict).mapToLong(VerifyRow::keys).sum();
  }

  /** Keys of a verdict on one of several replicas, over all types. */
  public long keys(KeyVerdict verdict, String replica) {
    return keyRows()
        .filter(row -> row.verdict() == verdict && replica.equals(row.replica()))
        .mapToLong(VerifyRow::keys)
        .sum();
  }

  /** Libraries of functions of a verdict. */
  public long functions(KeyVerdict verdict) {
    return rows.stream()
        .filter(row -> !row.isOfKeys() && row.verdict() == verdict)
        .mapToLong(VerifyRow::keys)
        .sum();
  }

  /** Libraries of functions whose difference is confirmed. */
  public long mismatchedFunctions() {
    return rows.stream()
        .filter(row -> !row.isOfKeys() && row.verdict().isMismatch())
        .mapToLong(VerifyRow::keys)
        .sum();
  }

  /** All libraries of functions that were compared. */
  public long functions() {
    return rows.stream().filter(row -> !row.isOfKeys()).mapToLong(VerifyRow::keys).sum();
  }

  private Stream<VerifyRow> keyRows() {
    return rows.stream().filter(VerifyRow::isOfKeys);
  }

  /** Keys whose difference is confirmed. */
  public long mismatchedKeys() {
    return keyRows().filter(row -> row.verdict().isMismatch()).mapToLong(VerifyRow::keys).sum();
  }

  /** Keys per verdict, verdicts without a key left out, in the order of the enum. */
  public Map<KeyVerdict, Long> byVerdict() {
    Map<KeyVerdict, Long> sums = new EnumMap<>(KeyVerdict.class);
    keyRows()
        .filter(row -> row.keys() > 0)
        .forEach(row -> sums.merge(row.verdict(), row.keys(), Long::sum));
    return sums;
  }
}
