package io.syncanalyzer.verify;

import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.result.verify.NotLookedAt;
import io.syncanalyzer.verify.attempt.Attempt;
import io.syncanalyzer.verify.found.MismatchLog;
import io.syncanalyzer.verify.found.SeenKeys;
import io.syncanalyzer.verify.found.Tally;
import io.syncanalyzer.verify.pass.FunctionsPass;
import io.syncanalyzer.verify.pass.Passes;
import io.syncanalyzer.verify.server.Distance;
import io.syncanalyzer.verify.server.NetworkTime;
import io.syncanalyzer.verify.server.VerifyFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Sums up a verification by its last attempt.
 *
 * @param attempt the last one that looked at keys
 * @param outcome what it came to
 * @param counted every key once; null where counting proved that none came twice, or did not end
 * @param failure what ended the verification before its end; null where nothing did
 * @param elapsed how long it took
 * @param network how much of that was waited for the network
 */
record SummaryOfAttempt(
    Attempt attempt,
    AttemptOutcome outcome,
    SeenKeys.@Nullable Counted counted,
    @Nullable RuntimeException failure,
    Duration elapsed,
    NetworkTime network) {

  /**
   * The summary.
   *
   * @param notes what was noted meanwhile
   * @throws RuntimeException the failure, where it is one of the program itself
   */
  VerifySummary with(List<String> notes) {
    VerifyFailure.Kind kind = kindOfFailure();
    Tally tally = counted == null ? attempt.ledger().tally() : counted.tally();
    List<String> lines = new ArrayList<>(notes);
    if (tally.rows().isEmpty() && failure == null) {
      lines.add(
          attempt.scope().leavesOut() || attempt.scope().database() != null
              ? "no key matched: there was nothing to compare"
              : "neither side holds a key in any database: there was nothing to compare");
    }
    Passes.Outcome passes = outcome.passes();
    if (passes == null) {
      lines.add("not all of the replica was looked through for keys that only it has");
    }
    farAway().ifPresent(lines::add);
    FunctionsPass.Outcome functions = outcome.functions();
    return new VerifySummary(
        tally.onSource(),
        tally.onReplica(),
        tally.common(),
        tally.goneKeys(),
        tally.rows(),
        functions == null ? List.of() : functions.rows(),
        new MismatchLog(
            attempt.request().folder().resolve(AttemptOpening.MISMATCHES),
            attempt.ledger().rows(),
            counted == null ? Map.of() : counted.repeatedMismatches()),
        attempt.fence().use(),
        lines,
        outcome.sourceCost(),
        outcome.replicaCost(),
        elapsed,
        outcome.stoppedEarly(),
        passes == null ? withoutVerdict(tally) : Long.valueOf(0),
        outcome.databases(),
        new NotLookedAt(
            passes == null ? 0 : passes.appeared(),
            passes == null ? 0 : passes.moves(),
            attempt.databases().unselectableKeys(),
            functions == null ? 0 : functions.notLookedAt(),
            attempt.databases().notAsked()),
        attempt.databases().leftOut(),
        failure == null ? null : String.valueOf(failure.getMessage()),
        kind,
        network);
  }

  /** What the network cost, where that was most of the time and a side is far away. */
  private Optional<String> farAway() {
    Long waited = network.waitNanos();
    Distance distance = attempt.begin().distance();
    if (waited == null || !distance.isFar() || waited < elapsed.toNanos() / 2) {
      return Optional.empty();
    }
    boolean source = distance.sourceNanos() >= distance.replicaNanos();
    return Optional.of(
        String.format(
            Locale.ROOT,
            "the %s is far away, a round trip takes %.1f ms: %.1f of %.1f s were waited for the"
                + " network",
            source ? "source" : "replica",
            distance.longestNanos() / 1e6,
            waited / 1e9,
            elapsed.toNanos() / 1e9));
  }

  private VerifyFailure.@Nullable Kind kindOfFailure() {
    if (failure == null) {
      return null;
    }
    if (failure instanceof VerifyFailure known) {
      return known.kind();
    }
    if (failure instanceof RedisFailure) {
      return VerifyFailure.Kind.SERVER;
    }
    throw failure;
  }

  /** How many keys of the source have no verdict, about where it is written to. */
  private @Nullable Long withoutVerdict(Tally tally) {
    OptionalLong keysOnSource = attempt.begin().keysOnSource();
    long known = tally.onSource() + tally.goneKeys() + attempt.run().progress().leftOut();
    return keysOnSource.isEmpty()
        ? null
        : Long.valueOf(Math.max(0, keysOnSource.getAsLong() - known));
  }
}
