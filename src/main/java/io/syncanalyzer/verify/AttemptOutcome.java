package io.syncanalyzer.verify;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.time.AtOnce;
import io.syncanalyzer.verify.attempt.Attempt;
import io.syncanalyzer.verify.attempt.AttemptBegin;
import io.syncanalyzer.verify.found.MismatchLimit;
import io.syncanalyzer.verify.pass.Company;
import io.syncanalyzer.verify.pass.FunctionsPass;
import io.syncanalyzer.verify.pass.Passes;
import io.syncanalyzer.verify.server.Flushes;
import io.syncanalyzer.verify.server.ServerCost;
import io.syncanalyzer.verify.server.ServerIdentity;
import io.syncanalyzer.verify.server.VerifyFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt came to, as far as it came.
 *
 * @param passes what all passes over the keys came to; null where they did not end
 * @param functions what the comparison of functions came to; null where it was not made or did not
 *     end
 * @param stoppedEarly whether it stopped at the limit of mismatches
 * @param databases those that were looked through
 * @param sourceCost what the source spent meanwhile
 * @param replicaCost what the replica spent meanwhile
 * @param thrown what ended it before its end; null where nothing did
 */
record AttemptOutcome(
    Passes.@Nullable Outcome passes,
    FunctionsPass.@Nullable Outcome functions,
    boolean stoppedEarly,
    List<Integer> databases,
    ServerCost sourceCost,
    ServerCost replicaCost,
    @Nullable Throwable thrown) {

  /** That of an attempt that has not ended. */
  static AttemptOutcome unknown(AttemptBegin begin) {
    return new AttemptOutcome(
        null, null, false, begin.databases(), ServerCost.UNKNOWN, ServerCost.UNKNOWN, null);
  }

  /**
   * Makes the attempt, on the calling thread; throws nothing.
   *
   * @param place where others may be met who compare the same source
   */
  static AttemptOutcome of(Attempt attempt, Company.Place place) {
    Passes.Outcome passed = null;
    FunctionsPass.Outcome functions = null;
    boolean stoppedEarly = false;
    List<Integer> databases = attempt.begin().databases();
    ServerCost sourceCost = ServerCost.UNKNOWN;
    ServerCost replicaCost = ServerCost.UNKNOWN;
    Throwable thrown = null;
    List<String> lost = new ArrayList<>();
    try {
      attempt.requireSlots();
      try (Passes passes = new Passes(attempt, place)) {
        passed = passes.run();
        lost.addAll(passed.lost());
        if (comparesFunctions(attempt)) {
          functions = new FunctionsPass(attempt).run();
          lost.addAll(functions.untold());
        }
      } catch (MismatchLimit reached) {
        stoppedEarly = true;
      }
      attempt.requireSlots();
      databases = attempt.databases().all();
      Supplier<List<ServerInfo>> asking =
          () ->
              AtOnce.both(
                  () -> infoOf(attempt, attempt.source()),
                  () -> infoOf(attempt, attempt.replica()),
                  List::of);
      AtEnd atEnd =
          AtOnce.both(
              asking,
              () -> attempt.run().retries().insist(attempt.begin().flushes()::now),
              AtEnd::new);
      List<ServerInfo> infos = atEnd.infos();
      ServerInfo source = infos.get(0);
      ServerInfo replica = infos.get(1);
      sourceCost = ServerCost.between(attempt.begin().source(), source);
      replicaCost = ServerCost.between(attempt.begin().replica(), replica);
      ServerIdentity.refuseReplaced(attempt.begin().source(), source, attempt.source());
      ServerIdentity.refuseReplaced(attempt.begin().replica(), replica, attempt.replica());
      flushed(attempt, source, replica, atEnd.flushes(), databases).ifPresent(lost::add);
      if (!lost.isEmpty()) {
        thrown = new VerifyFailure(VerifyFailure.Kind.CHANGED, String.join("; ", lost), null);
      }
    } catch (RuntimeException | Error e) {
      thrown = e;
    }
    return new AttemptOutcome(
        passed, functions, stoppedEarly, databases, sourceCost, replicaCost, thrown);
  }

  /** What both servers say of themselves at the end, and how often they were flushed by then. */
  private record AtEnd(List<ServerInfo> infos, Flushes.Counts flushes) {}

  /** Functions belong to no key: a comparison of some keys leaves them out. */
  private static boolean comparesFunctions(Attempt attempt) {
    return attempt.request().functions()
        && attempt.scope().match() == null
        && attempt.scope().types().isEmpty();
  }

  private static ServerInfo infoOf(Attempt attempt, Endpoint endpoint) {
    return attempt.run().retries().insist(() -> ServerIdentity.infoOf(endpoint));
  }

  /** What was lost because a side was flushed or swapped meanwhile. */
  private static Optional<String> flushed(
      Attempt attempt,
      ServerInfo source,
      ServerInfo replica,
      Flushes.Counts now,
      List<Integer> databases) {
    Flushes flushes = attempt.begin().flushes();
    flushes.untold(source, replica).ifPresent(attempt.run().notes());
    long gone = attempt.ledger().tally().goneKeys();
    return flushes.since(source, replica, now, databases, gone);
  }

  /** Throws what ended the attempt, where something did. */
  void rethrow() {
    if (thrown instanceof RuntimeException failed) {
      throw failed;
    }
    if (thrown instanceof Error error) {
      throw error;
    }
  }
}
