package io.syncanalyzer.selftest;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Counted;
import io.syncanalyzer.redis.LosslessText;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.result.verify.Mismatch;
import io.syncanalyzer.selftest.SelftestCorruption.Kind;
import io.syncanalyzer.verify.VerifySummary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a verification found of what was injected.
 *
 * @param rows a row for each kind, in the order of the catalogue
 * @param falses keys that nobody corrupted and that were not called equal
 * @param keys keys with any verdict
 * @param expectedKeys keys that there are, on either side
 * @param complaints one line for each corruption not found, found as something else, or never made
 */
record SelftestFindings(
    List<Row> rows, long falses, long keys, long expectedKeys, List<String> complaints) {
  /**
   * A kind of corruption.
   *
   * @param kind which
   * @param types what it was done to, each type once
   * @param injected how many keys
   * @param found how many of them were found with the right verdict
   */
  record Row(Kind kind, List<SelftestType> types, int injected, int found) {
    Row {
      types = List.copyOf(types);
    }
  }

  SelftestFindings {
    rows = List.copyOf(rows);
    complaints = List.copyOf(complaints);
  }

  /**
   * Holds a verification against what was injected before it.
   *
   * @param expectedKeys keys that there are, on either side
   */
  static SelftestFindings of(
      List<SelftestCorruption> injected, VerifySummary summary, long expectedKeys) {
    Map<Bytes, KeyVerdict> found = new LinkedHashMap<>();
    summary.mismatches().forEach((Mismatch one) -> found.put(one.key(), one.verdict()));
    return of(injected, found, summary.keys(), expectedKeys);
  }

  /** As above, of what was found not equal. */
  static SelftestFindings of(
      List<SelftestCorruption> injected,
      Map<Bytes, KeyVerdict> found,
      long keys,
      long expectedKeys) {
    Map<Kind, List<SelftestCorruption>> byKind = new LinkedHashMap<>();
    injected.forEach(one -> byKind.computeIfAbsent(one.kind(), k -> new ArrayList<>()).add(one));
    Map<Bytes, KeyVerdict> left = new HashMap<>(found);
    List<String> complaints = new ArrayList<>();
    List<Row> rows = new ArrayList<>();
    byKind.forEach(
        (kind, all) -> {
          int right = 0;
          for (SelftestCorruption one : all) {
            KeyVerdict said = left.remove(one.key());
            if (said == kind.verdict()) {
              right++;
            } else {
              complaints.add(complaint(one, said));
            }
          }
          List<SelftestType> types =
              all.stream().map(SelftestCorruption::type).distinct().sorted().toList();
          rows.add(new Row(kind, types, all.size(), right));
        });
    left.forEach(
        (key, verdict) ->
            complaints.add("false: " + LosslessText.of(key) + " is equal, found " + verdict));
    if (keys != expectedKeys) {
      complaints.add("looked at " + Counted.words(keys, "key") + " of " + expectedKeys);
    }
    return new SelftestFindings(rows, left.size(), keys, expectedKeys, complaints);
  }

  private static String complaint(SelftestCorruption one, @Nullable KeyVerdict said) {
    return (said == null ? "missed: " : "wrong verdict: ")
        + one.kind().label()
        + ", "
        + one.type().label()
        + (one.what().isEmpty() ? "" : " " + one.what())
        + ": "
        + (said == null ? "" : "found " + said + ", ")
        + "expected "
        + one.kind().verdict()
        + " of "
        + LosslessText.of(one.key());
  }

  int injected() {
    return rows.stream().mapToInt(Row::injected).sum();
  }

  int found() {
    return rows.stream().mapToInt(Row::found).sum();
  }

  /** Whether all was found, each with its verdict, and nothing else. */
  boolean passed() {
    return complaints.isEmpty();
  }
}
