package io.syncanalyzer.verify.pass;

import io.syncanalyzer.redis.Side;
import io.syncanalyzer.verify.attempt.Attempt;
import io.syncanalyzer.verify.found.Ledger;
import io.syncanalyzer.verify.found.SeenSet;
import io.syncanalyzer.verify.server.BothCounts;
import io.syncanalyzer.verify.server.KeyCounts;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * After the pass over the side that leads: the names of both are scanned, without values, and what
 * was not looked at by then is looked at. On the other that is what only it has; on either side,
 * keys that came by a name behind the scan that had passed there (RENAME, COPY, MOVE, RESTORE, new
 * ones).
 *
 * <p>Again and again, until a scan brings nothing new, or nothing was written while it went on, or
 * the rounds are used up; then a last scan counts what is left. SCAN returns every name that is
 * there from its begin to its end, so a scan that brings nothing new has seen all that were there
 * when it began looked at. Keys that come faster than they can be looked at would make each round
 * longer than the last: one that brings more than the last gives up looking. Memory is that of
 * {@link SeenSet}. For one thread.
 */
final class NameRounds {
  private static final String STEP = "looking for names that were not looked at";
  private static final int SHARE_OF_MEMORY = 6;

  /** So many are looked at in a round, however few it was in the last. */
  private static final long LEAST_BUDGET = 20_000;

  private final Attempt attempt;
  private final SuspectRounds settling;
  private final Sweeps sweeps;
  private boolean scannedLead;
  private long budget = Long.MAX_VALUE;
  private boolean usedUp;
  private long ofRuns;
  private @Nullable SeenSet kept;

  NameRounds(Attempt attempt, SuspectRounds settling, Sweeps sweeps) {
    this.attempt = attempt;
    this.settling = settling;
    this.sweeps = sweeps;
  }

  /**
   * Looks at what was not looked at.
   *
   * @param begin how both stood before any key was looked at
   * @param proved databases of which nothing can be left as long as nobody has written since
   * @param anew whether the pass saw all names of the side that leads since {@code begin}; not
   *     where it went on from an earlier one
   * @return how many keys are known not to have been looked at
   */
  long run(BothCounts begin, Collection<Integer> proved, boolean anew) {
    boolean onlyOther = anew;
    budget = firstBudget(begin);
    for (int round = 1; ; round++) {
      BothCounts before = attempt.counts();
      onlyOther &= before.isQuietSince(begin);
      List<Integer> wanted = attempt.databases().now(before.source(), before.replica());
      boolean looking = round <= attempt.settling().rounds() && !usedUp;
      boolean alsoLead = !onlyOther;
      scannedLead |= alsoLead;
      long found =
          scan(
              alsoLead ? wanted : wanted.stream().filter(one -> !proved.contains(one)).toList(),
              before,
              alsoLead,
              looking);
      settling.settleAll();
      if (!looking) {
        return found;
      }
      if (!usedUp
          && ((alsoLead && found == 0)
              || attempt.counts().isQuietSince(alsoLead ? before : begin))) {
        return 0;
      }
      onlyOther = false;
      budget = Math.max(LEAST_BUDGET, found);
    }
  }

  /** In the first round all that either side held when this began may have to be looked at. */
  private static long firstBudget(BothCounts begin) {
    OptionalLong mine = begin.source().keysIn(begin.source().databases().keySet());
    OptionalLong others = begin.replica().keysIn(begin.replica().databases().keySet());
    return mine.isEmpty() || others.isEmpty()
        ? Long.MAX_VALUE
        : Math.max(LEAST_BUDGET, 2 * (mine.getAsLong() + others.getAsLong()));
  }

  /**
   * Sentinels and fence keys of other runs that the last scan met and that were not looked at: not
   * among the keys that {@link #run} returns.
   */
  long ofOtherRuns() {
    return ofRuns;
  }

  /** Whether the names of the side that leads were scanned again too, in some round. */
  boolean haveScannedTheLead() {
    return scannedLead;
  }

  /** Scans the names of the databases, for those that were not looked at; how many these were. */
  private long scan(List<Integer> wanted, BothCounts now, boolean alsoLead, boolean looking) {
    Ledger ledger = attempt.ledger();
    ledger.flush();
    Side lead = attempt.lead();
    AtomicLong ofLead = new AtomicLong();
    AtomicLong ofOther = new AtomicLong();
    AtomicLong runsOnLead = new AtomicLong();
    AtomicLong runsOnOther = new AtomicLong();
    SeenSet earlier = kept;
    SeenSet seen = earlier == null ? sized(ledger, wanted, now) : earlier;
    for (int part = 0; part < seen.parts(); part++) {
      if (earlier == null) {
        ledger.seen().into(seen, part);
      }
      if (alsoLead) {
        scan(lead, wanted, now.of(lead), seen, looking, ofLead, runsOnLead);
      }
      scan(lead.other(), wanted, now.of(lead.other()), seen, looking, ofOther, runsOnOther);
    }
    // It has all that was handed over; of several parts each is filled again from what was found.
    kept = seen.parts() == 1 && !seen.isFull() ? seen : null;
    // Where neither scan knew of what the other took, most are on both sides.
    ofRuns = together(runsOnLead, runsOnOther);
    return together(ofLead, ofOther);
  }

  private long together(AtomicLong ofOne, AtomicLong ofOther) {
    return mark(attempt, Side.SOURCE) == 0
        ? ofOne.get() + ofOther.get()
        : Math.max(ofOne.get(), ofOther.get());
  }

  /** A set for the names that either side has by now, or that were looked at. */
  static SeenSet sized(Ledger ledger, List<Integer> wanted, BothCounts now) {
    long records = ledger.seen().records();
    long there =
        Math.max(now.source().keysIn(wanted).orElse(0), now.replica().keysIn(wanted).orElse(0));
    long most = Math.max(records, there);
    return SeenSet.of(most + most / 4, Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY);
  }

  private void scan(
      Side side,
      List<Integer> wanted,
      KeyCounts holds,
      SeenSet seen,
      boolean looking,
      AtomicLong counted,
      AtomicLong runs) {
    try (Sweep sweep = sweep(side, seen, looking, counted, runs)) {
      through(sweep, attempt, side, wanted, holds, seen, STEP);
    }
  }

  /**
   * Goes through all databases with a sweep whose filter is that set, to its end.
   *
   * @param holds the keys of that side
   * @param step what is done, in words
   */
  static void through(
      Sweep sweep,
      Attempt attempt,
      Side side,
      List<Integer> databases,
      KeyCounts holds,
      SeenSet seen,
      String step) {
    for (int database : databases) {
      seen.in(database, mark(attempt, side));
      sweep.over(database, holds.keys(database), step);
    }
    sweep.finish();
  }

  private Sweep sweep(
      Side side, SeenSet seen, boolean looking, AtomicLong counted, AtomicLong runs) {
    return looking
        ? sweeps.lookingAtNames(
            side,
            counted,
            (array, from, length) -> isWithinBudget(counted) && seen.takes(array, from, length))
        : sweeps.countingNames(side, counted, runs, seen);
  }

  /**
   * Where types are picked, what one side has as another type is left out there, and must not be
   * known to the scan of the other.
   */
  private static long mark(Attempt attempt, Side side) {
    return !attempt.picksTypes() ? 0 : side == Side.SOURCE ? 1 : 2;
  }

  /** What is over it stays unseen, for the last scan to count. */
  private boolean isWithinBudget(AtomicLong looked) {
    usedUp |= looked.get() >= budget;
    return !usedUp;
  }
}
