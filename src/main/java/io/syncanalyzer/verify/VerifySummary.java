package io.syncanalyzer.verify;

import io.syncanalyzer.fence.FenceUse;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.result.verify.NotLookedAt;
import io.syncanalyzer.result.verify.VerifyRow;
import io.syncanalyzer.verify.found.MismatchLog;
import io.syncanalyzer.verify.server.NetworkTime;
import io.syncanalyzer.verify.server.ServerCost;
import io.syncanalyzer.verify.server.VerifyFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a verification found.
 *
 * <p>Every key is counted once, however often SCAN returned it. A key that was deleted or expired
 * on both sides before it could be compared is in {@code goneKeys} and nowhere else.
 *
 * @param sourceKeys distinct keys seen on the source
 * @param replicaKeys distinct keys seen on the replica
 * @param commonKeys distinct keys seen on both
 * @param goneKeys keys that vanished from both sides meanwhile
 * @param rows the counts by type and verdict: verify.csv
 * @param functions the same of libraries of functions
 * @param mismatches rows of mismatches.csv: mismatches, unsettled and unreadable keys
 * @param fence what the fences went by, and how many were passed
 * @param notes what was not looked at, what was repeated, how was counted: a line each
 * @param sourceCost what the source spent meanwhile
 * @param replicaCost what the replica spent meanwhile
 * @param elapsed how long it took
 * @param stoppedEarly whether it stopped at the limit of mismatches
 * @param withoutVerdict keys of the source that have no verdict, by its number of keys when it
 *     began; null where it shows none
 * @param databases the databases that were looked through, in order
 * @param notLookedAt what is known not to have been looked at
 * @param keysLeftOut keys of other databases than the one that was asked for; null where all were,
 *     or where they are hidden
 * @param incomplete why not everything was looked at, in one line; null = it was
 * @param incompleteKind the kind of {@code incomplete}; null where that is
 * @param network what the network cost
 */
public record VerifySummary(
    long sourceKeys,
    long replicaKeys,
    long commonKeys,
    long goneKeys,
    List<VerifyRow> rows,
    List<VerifyRow> functions,
    MismatchLog mismatches,
    FenceUse fence,
    List<String> notes,
    ServerCost sourceCost,
    ServerCost replicaCost,
    Duration elapsed,
    boolean stoppedEarly,
    @Nullable Long withoutVerdict,
    List<Integer> databases,
    NotLookedAt notLookedAt,
    @Nullable Long keysLeftOut,
    @Nullable String incomplete,
    VerifyFailure.@Nullable Kind incompleteKind,
    NetworkTime network) {
  public VerifySummary {
    // A journal of an earlier version has none.
    network = Objects.requireNonNullElse(network, NetworkTime.UNKNOWN);
    rows = List.copyOf(rows);
    functions = List.copyOf(functions);
    notes = List.copyOf(notes);
    databases = List.copyOf(databases);
    Objects.requireNonNull(mismatches, "mismatches is null");
    Objects.requireNonNull(fence, "fence is null");
    Objects.requireNonNull(sourceCost, "sourceCost is null");
    Objects.requireNonNull(replicaCost, "replicaCost is null");
    Objects.requireNonNull(notLookedAt, "notLookedAt is null");
    Objects.requireNonNull(elapsed, "elapsed is null");
    if ((incomplete == null) != (incompleteKind == null)) {
      throw new IllegalArgumentException("incomplete and its kind go together");
    }
  }

  /** Of a verification that looked at all that was asked for. */
  public VerifySummary(
      long sourceKeys,
      long replicaKeys,
      long commonKeys,
      long goneKeys,
      List<VerifyRow> rows,
      List<VerifyRow> functions,
      MismatchLog mismatches,
      FenceUse fence,
      List<String> notes,
      ServerCost sourceCost,
      ServerCost replicaCost,
      Duration elapsed,
      boolean stoppedEarly,
      @Nullable Long withoutVerdict,
      List<Integer> databases,
      NotLookedAt notLookedAt,
      @Nullable Long keysLeftOut) {
    this(
        sourceKeys,
        replicaKeys,
        commonKeys,
        goneKeys,
        rows,
        functions,
        mismatches,
        fence,
        notes,
        sourceCost,
        replicaCost,
        elapsed,
        stoppedEarly,
        withoutVerdict,
        databases,
        notLookedAt,
        keysLeftOut,
        null,
        null,
        NetworkTime.UNKNOWN);
  }

  /** The same, if something kept it from looking at all. */
  public VerifySummary cutOff(String why, VerifyFailure.Kind kind) {
    return new VerifySummary(
        sourceKeys,
        replicaKeys,
        commonKeys,
        goneKeys,
        rows,
        functions,
        mismatches,
        fence,
        notes,
        sourceCost,
        replicaCost,
        elapsed,
        stoppedEarly,
        withoutVerdict,
        databases,
        notLookedAt,
        keysLeftOut,
        why,
        kind,
        network);
  }

  /** Keys with that verdict. */
  public long keys(KeyVerdict verdict) {
    return rows.stream().filter(row -> row.verdict() == verdict).mapToLong(VerifyRow::keys).sum();
  }

  /** Keys with any verdict. */
  public long keys() {
    return rows.stream().mapToLong(VerifyRow::keys).sum();
  }

  /** Confirmed differences. */
  public long mismatched() {
    return rows.stream().filter(row -> row.verdict().isMismatch()).mapToLong(VerifyRow::keys).sum();
  }

  /** How many there are of each verdict but {@code EQUAL}. */
  public Map<KeyVerdict, Long> unequal() {
    return VerifyRow.unequal(rows);
  }

  /** Keys with a verdict, per second of the whole verification. */
  public double keysPerSecond() {
    return elapsed.isZero() ? 0 : keys() / (elapsed.toNanos() / 1e9);
  }

  /** The same, with notes that come before its own. */
  public VerifySummary noting(List<String> more) {
    return noting(more, fence);
  }

  /** The same, with notes that come before its own, and with what all fences came to. */
  public VerifySummary noting(List<String> more, FenceUse allFences) {
    return new VerifySummary(
        sourceKeys,
        replicaKeys,
        commonKeys,
        goneKeys,
        rows,
        functions,
        mismatches,
        allFences,
        Stream.concat(more.stream(), notes.stream()).toList(),
        sourceCost,
        replicaCost,
        elapsed,
        stoppedEarly,
        withoutVerdict,
        databases,
        notLookedAt,
        keysLeftOut,
        incomplete,
        incompleteKind,
        network);
  }
}
