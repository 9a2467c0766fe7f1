package io.syncanalyzer.verify.pass;

import io.syncanalyzer.redis.Side;
import io.syncanalyzer.verify.attempt.Attempt;
import io.syncanalyzer.verify.resume.Checkpoint;
import io.syncanalyzer.verify.server.BothCounts;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Verifies the databases: the keys of the side that leads against the other, then what that pass
 * cannot have seen ({@link NameRounds}), unless counting proves that there is nothing left ({@link
 * CountProof}). What the servers say of themselves is asked for all databases at once, and so is a
 * fence. For one thread.
 */
public final class Passes implements AutoCloseable {
  private static final long LONG_NANOS = 5_000_000_000L;

  private final Attempt attempt;
  private final SuspectRounds settling;
  private final Sweeps sweeps;
  private final Company.Place place;

  /**
   * None of them has begun.
   *
   * @param place where others may be met who compare the same source
   */
  public Passes(Attempt attempt, Company.Place place) {
    this.attempt = attempt;
    this.place = place;
    this.settling = new SuspectRounds(attempt);
    this.sweeps = new Sweeps(attempt, settling);
  }

  /**
   * What all passes came to.
   *
   * @param provedDistinct whether it is proved that no key was counted twice
   * @param appeared keys that came meanwhile and are known not to have been looked at
   * @param moves calls that made keys of others while all values were looked at once more: what
   *     those put over a name that had been looked at again by then was not
   * @param lost what the replica lost meanwhile, a line each
   */
  public record Outcome(boolean provedDistinct, long appeared, long moves, List<String> lost) {
    public Outcome {
      lost = List.copyOf(lost);
    }
  }

  /** Verifies; returns when all that can be looked at has been. */
  public Outcome run() {
    BothCounts begin = attempt.counts();
    List<Integer> wanted = attempt.databases().now(begin.source(), begin.replica());
    DatabasesSoFar known = new DatabasesSoFar(attempt, settling, begin, wanted);
    if (attempt.lead() != Side.SOURCE) {
      place.leave(); // Others have other names that lead.
    }
    if (!place.goesAlong(new Member(attempt, settling, known, begin, wanted))) {
      forward(begin, wanted, known);
    }
    settling.settle();
    expiries(wanted, known);
    CountProof counting = new CountProof(attempt, settling, known);
    Collection<Integer> proved = counting.proved(begin);
    if (attempt.resumed().isEmpty() && proved.containsAll(wanted)) {
      counting.note(proved);
      keep(known);
      return new Outcome(true, 0, 0, List.of());
    }
    settling.settleAll();
    if (attempt.run().progress().elapsedNanos() > LONG_NANOS) {
      // A long pass is not to be done again where a server is lost while the names are scanned.
      attempt.ledger().flush();
      known.checkpointAllDone();
    }
    NameRounds rounds = new NameRounds(attempt, settling, sweeps);
    long appeared = rounds.run(begin, proved, attempt.resumed().isEmpty());
    if (!rounds.haveScannedTheLead()) {
      counting.note(proved);
    }
    noteOtherRuns(rounds.ofOtherRuns());
    long moves = new SecondLook(attempt, settling, sweeps).run();
    keep(known);
    List<String> lost = new NumbersAtEnd(attempt, settling, known).lost(wanted, proved);
    return new Outcome(false, appeared, moves, lost);
  }

  /** What has come since is looked for by another that goes on from here. */
  private void keep(DatabasesSoFar known) {
    if (attempt.request().keeps()) {
      attempt.ledger().flush();
      known.checkpointAllDone();
    }
  }

  private void forward(BothCounts begin, List<Integer> wanted, DatabasesSoFar known) {
    try (Sweep sweep = sweeps.comparing(begin::mayExpire, known)) {
      for (int database : wanted) {
        Optional<Checkpoint.Position> from =
            attempt.resumed().flatMap(checkpoint -> checkpoint.in(database));
        known.begins(database);
        if (!known.wasDone(database)) {
          long keys =
              sweep.over(
                  database,
                  begin.of(attempt.lead()).keys(database),
                  "comparing",
                  from.map(Checkpoint.Position::cursor).orElse("0"),
                  from.map(Checkpoint.Position::keysScanned).orElse(0L),
                  true);
          known.ended(database, keys, sweep.hasListedBothOnce());
        }
      }
      sweep.finish();
    }
  }

  /** Keys that were compared without their expiries may have got one by now. */
  private void expiries(List<Integer> wanted, DatabasesSoFar known) {
    List<Integer> without = wanted.stream().filter(known::isWithoutExpiries).toList();
    if (without.isEmpty()) {
      return;
    }
    BothCounts now = attempt.counts();
    List<Integer> appeared = without.stream().filter(now::mayExpire).toList();
    if (appeared.isEmpty()) {
      return;
    }
    try (Sweep sweep = sweeps.pickingExpiries()) {
      for (int database : appeared) {
        sweep.over(database, now.of(attempt.lead()).keys(database), "comparing expiries");
      }
      sweep.finish();
    }
    settling.settle();
  }

  private void noteOtherRuns(long keys) {
    if (keys > 0) {
      attempt
          .run()
          .notes()
          .accept(
              String.format(
                  Locale.ROOT,
                  "%,d sentinels and fence keys of other runs came while it was compared; they are"
                      + " left to those runs",
                  keys));
    }
  }

  @Override
  public void close() {
    settling.close();
  }
}
