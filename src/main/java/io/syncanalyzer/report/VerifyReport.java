package io.syncanalyzer.report;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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
 */
public record VerifyReport(
    String scope,
    String mode,
    String fence,
    @Nullable Double elapsedSeconds,
    @Nullable Long sourceKeys,
    @Nullable Long replicaKeys,
    @Nullable Long commonKeys,
    List<Row> rows,
    List<Mismatch> mismatches,
    List<Figure> figures,
    List<String> notes,
    @Nullable String incomplete) {
  /** How many mismatches a report holds in itself. */
  public static final int LISTED = 300;

  public VerifyReport {
    elapsedSeconds = Numbers.known(elapsedSeconds);
    rows = Lists.copy(rows);
    mismatches = Lists.copy(mismatches);
    figures = Lists.copy(figures);
    notes = Lists.copy(notes);
    if (mismatches.size() > LISTED) {
      mismatches = List.copyOf(mismatches.subList(0, LISTED));
    }
  }

  /** Keys of a verdict, over all types. */
  public long keys(KeyVerdict verdict) {
    return rows.stream().filter(row -> row.verdict() == verdict).mapToLong(Row::keys).sum();
  }

  /** Keys whose difference is confirmed. */
  public long mismatchedKeys() {
    return rows.stream().filter(row -> row.verdict().isMismatch()).mapToLong(Row::keys).sum();
  }

  /** Keys per verdict, verdicts without a key left out, in the order of the enum. */
  public Map<KeyVerdict, Long> byVerdict() {
    Map<KeyVerdict, Long> sums = new EnumMap<>(KeyVerdict.class);
    rows.stream()
        .filter(row -> row.keys() > 0)
        .forEach(row -> sums.merge(row.verdict(), row.keys(), Long::sum));
    return sums;
  }

  /**
   * Keys of a type and verdict.
   *
   * @param elements fields, members, entries … in them; null where not counted
   * @param bytes bytes of their values; null where not counted
   */
  public record Row(
      String type, KeyVerdict verdict, long keys, @Nullable Long elements, @Nullable Long bytes) {}
}
