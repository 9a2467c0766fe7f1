package io.syncanalyzer.result.verify;

import io.syncanalyzer.result.figure.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the verification of one of several replicas came to, in sums.
 *
 * @param replica its address
 * @param keys distinct keys seen on it; null where it was not looked at
 * @param equal keys that are equal
 * @param mismatched keys, and libraries of functions, that are confirmed to differ
 * @param unsettled keys that kept changing
 * @param unreadable keys that could not be read
 * @param incomplete one line why it did not end as asked; null where it did
 * @param failed whether that kept it from having a result
 */
public record ReplicaTotals(
    String replica,
    @Nullable Long keys,
    long equal,
    long mismatched,
    long unsettled,
    long unreadable,
    @Nullable String incomplete,
    boolean failed) {
  public ReplicaTotals {
    Objects.requireNonNull(replica, "replica is null");
  }

  /** How bad it is: as the exit status of each alone, then by how much differs. */
  private static final Comparator<ReplicaTotals> BY_BADNESS =
      Comparator.comparingInt(ReplicaTotals::badness)
          .thenComparingLong(ReplicaTotals::mismatched)
          .thenComparingLong(one -> one.unsettled + one.unreadable);

  private int badness() {
    if (failed) {
      return 3;
    }
    if (mismatched > 0) {
      return 2;
    }
    return isEqual() ? 0 : 1;
  }

  /** Whether all of it is there, as on the source. */
  public boolean isEqual() {
    return mismatched == 0 && unsettled == 0 && unreadable == 0 && incomplete == null && !failed;
  }

  /** The one that is worst, the first of several; empty where all are equal. */
  public static Optional<ReplicaTotals> worst(List<ReplicaTotals> all) {
    return all.stream()
        .filter(one -> !one.isEqual())
        .reduce((one, other) -> BY_BADNESS.compare(other, one) > 0 ? other : one);
  }

  /** What it came to in words, its address apart. */
  public String words() {
    List<String> parts = new ArrayList<>();
    if (isCounted()) {
      return Numbers.count(Objects.requireNonNullElse(keys, 0L), "key");
    }
    parts.add(Numbers.words(equal) + " equal");
    addIfAny(parts, mismatched, "mismatched");
    addIfAny(parts, unsettled, "unsettled");
    addIfAny(parts, unreadable, "unreadable");
    String counts = keys == null ? "" : String.join(", ", parts);
    if (incomplete == null) {
      return counts;
    }
    String why = (failed ? "no result: " : "not complete: ") + incomplete;
    return counts.isEmpty() ? why : counts + "; " + why;
  }

  /** Whether its keys were counted, and none looked at. */
  private boolean isCounted() {
    return keys != null
        && keys > 0
        && equal + mismatched + unsettled + unreadable == 0
        && incomplete == null;
  }

  private static void addIfAny(List<String> parts, long count, String what) {
    if (count > 0) {
      parts.add(Numbers.words(count) + " " + what);
    }
  }
}
