package io.syncanalyzer.verify.pass;

import io.syncanalyzer.redis.Side;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.verify.attempt.Attempt;
import io.syncanalyzer.verify.found.Ledger;
import io.syncanalyzer.verify.found.SeenSet;
import io.syncanalyzer.verify.server.BothCounts;
import io.syncanalyzer.verify.server.Moves;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Looks at all values once more where keys were renamed, moved or made of others since the begin: a
 * name that was looked at may hold by now what was not, and no scan of names tells ({@link Moves}).
 * Again as long as such calls become fewer by half each time and rounds are left. Memory is that of
 * {@link SeenSet}. For one thread.
 */
final class SecondLook {
  private static final String STEP = "comparing again what may have moved";

  private final Attempt attempt;
  private final SuspectRounds settling;
  private final Sweeps sweeps;

  SecondLook(Attempt attempt, SuspectRounds settling, Sweeps sweeps) {
    this.attempt = attempt;
    this.settling = settling;
    this.sweeps = sweeps;
  }

  /**
   * Looks, where there is reason to.
   *
   * @return how many calls went on in the last look: what they put over a name that had been looked
   *     at by then was not
   */
  long run() {
    Moves before = moves();
    long all = before.since(attempt.begin().flushes().begin().moves());
    if (all == 0) {
      return 0;
    }
    long last;
    long still = all;
    int looks = 0;
    do {
      last = still;
      lookAtAllValues();
      looks++;
      Moves after = moves();
      still = after.since(before);
      all += still;
      before = after;
    } while (still > 0 && still <= last / 2 && looks < attempt.settling().rounds());
    attempt
        .run()
        .notes()
        .accept(
            String.format(
                Locale.ROOT,
                "%,d calls (RENAME, MOVE, COPY, ...STORE, LMOVE and such) made keys of others while"
                    + " they were compared: every value was looked at %s more",
                all,
                looks == 1 ? "once" : looks + " times"));
    return still;
  }

  /**
   * Looks at every key of the side that leads, and then at those of the other's names that it did
   * not have: what was made of others there may stand under a name that had been looked at. Keys
   * that are told to differ stay so, and are not told twice.
   */
  private void lookAtAllValues() {
    settling.forgetGone();
    BothCounts now = attempt.counts();
    List<Integer> all = attempt.databases().now(now.source(), now.replica());
    Ledger ledger = attempt.ledger();
    ledger.flush();
    Side lead = attempt.lead();
    SeenSet met = NameRounds.sized(ledger, all, now);
    for (int part = 0; part < met.parts(); part++) {
      ledger.seen().into(met, part, verdict -> verdict != KeyVerdict.EQUAL);
      try (Sweep sweep = sweeps.comparingAgain(met)) {
        NameRounds.through(sweep, attempt, lead, all, now.of(lead), met, STEP);
      }
      try (Sweep sweep = sweeps.lookingAtNames(lead.other(), new AtomicLong(), met)) {
        NameRounds.through(sweep, attempt, lead.other(), all, now.of(lead.other()), met, STEP);
      }
      settling.settleAll();
    }
  }

  /** Counted at a fence, so that the replica has no older one before it. */
  private Moves moves() {
    return attempt
        .run()
        .retries()
        .insist(
            () -> {
              attempt.pass();
              return Moves.of(attempt.source(), attempt.replica());
            });
  }
}
