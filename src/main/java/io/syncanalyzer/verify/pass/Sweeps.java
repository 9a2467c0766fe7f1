package io.syncanalyzer.verify.pass;

import io.syncanalyzer.redis.Side;
import io.syncanalyzer.verify.attempt.Attempt;
import io.syncanalyzer.verify.found.CountedFindings;
import io.syncanalyzer.verify.look.Workers;
import io.syncanalyzer.verify.scan.KeyBatch;
import io.syncanalyzer.verify.scan.KeyScan;
import io.syncanalyzer.verify.server.Connections;
import io.syncanalyzer.verify.server.InFlight;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of {@link Sweep} that an attempt makes: which keys each hands out, and to whom. For one
 * thread.
 */
final class Sweeps {
  private final Attempt attempt;
  private final SuspectRounds settling;

  Sweeps(Attempt attempt, SuspectRounds settling) {
    this.attempt = attempt;
    this.settling = settling;
  }

  /**
   * Compares every key of the side that leads with the other's.
   *
   * @param anyExpiry whether expiries of a database are compared
   * @param known writes checkpoints down
   */
  Sweep comparing(IntPredicate anyExpiry, DatabasesSoFar known) {
    return looking(
        attempt.lead(),
        Sweep.Kind.EVERY_KEY,
        anyExpiry,
        new AtomicLong(),
        KeyScan.Filter.ALL,
        known);
  }

  /**
   * Compares those keys of the side that leads with the other's that the filter takes, expiries
   * too: keys that were counted when they were first passed over.
   */
  Sweep comparingAgain(KeyScan.Filter filter) {
    return looking(
        attempt.lead(), Sweep.Kind.SOME_KEYS, any -> true, new AtomicLong(), filter, null);
  }

  /**
   * Looks at those names of a side that the filter takes.
   *
   * @param looked takes how many there were
   */
  Sweep lookingAtNames(Side scanned, AtomicLong looked, KeyScan.Filter filter) {
    return looking(scanned, Sweep.Kind.NAMES, any -> true, looked, filter, null);
  }

  /**
   * Counts those names of a side that the filter takes.
   *
   * @param counted takes how many there were
   * @param ofRuns takes how many sentinels and fence keys of other runs there were beside
   */
  Sweep countingNames(Side scanned, AtomicLong counted, AtomicLong ofRuns, KeyScan.Filter filter) {
    Connections own = attempt.connections().others();
    NameWorker worker = new NameWorker(attempt, own, attempt.endpoint(scanned), counted, ofRuns);
    return new Sweep(
        attempt,
        new OneBehind(attempt, settling, List.of(), null),
        scanned,
        Sweep.Kind.NAMES,
        filter,
        new Sweep.Crew(inFlight(scanned), own, workers(List.of(worker), own)));
  }

  /** Picks those keys of the side that leads whose expiries may differ. */
  Sweep pickingExpiries() {
    Connections own = attempt.connections().others();
    InFlight inFlight = inFlight(attempt.lead());
    List<Consumer<KeyBatch>> jobs = new ArrayList<>();
    // Near by one is enough: few databases get their first expiry while they are compared.
    for (int i = 0; i < (attempt.begin().distance().isFar() ? inFlight.workers() : 1); i++) {
      jobs.add(new ExpiryWorker(attempt, own));
    }
    return new Sweep(
        attempt,
        new OneBehind(attempt, settling, List.of(), null),
        attempt.lead(),
        Sweep.Kind.SOME_KEYS,
        KeyScan.Filter.ALL,
        new Sweep.Crew(inFlight, own, workers(jobs, own)));
  }

  private Sweep looking(
      Side scanned,
      Sweep.Kind kind,
      IntPredicate anyExpiry,
      AtomicLong looked,
      KeyScan.Filter filter,
      @Nullable DatabasesSoFar known) {
    Connections own = attempt.connections().others();
    List<CountedFindings> countings = new ArrayList<>();
    List<Consumer<KeyBatch>> jobs = new ArrayList<>();
    InFlight inFlight = inFlight(scanned);
    for (int i = 0; i < inFlight.workers(); i++) {
      CountedFindings counting =
          new CountedFindings(scanned, attempt.ledger(), attempt.run().clock());
      countings.add(counting);
      FirstWorker worker = new FirstWorker(attempt, own, scanned, counting, anyExpiry, looked);
      jobs.add(
          batch -> {
            worker.accept(batch);
            counting.handOver();
          });
    }
    return new Sweep(
        attempt,
        new OneBehind(attempt, settling, countings, known),
        scanned,
        kind,
        filter,
        new Sweep.Crew(inFlight, own, workers(jobs, own)));
  }

  private Workers workers(List<Consumer<KeyBatch>> jobs, Connections own) {
    return new Workers(jobs, attempt.run().clock(), own::close);
  }

  private InFlight inFlight(Side scanned) {
    return attempt.begin().inFlight(scanned, attempt.run().together().atOnce());
  }
}
