package io.syncanalyzer.verify;

import io.syncanalyzer.redis.Side;
import io.syncanalyzer.result.KeyVerdict;
import io.syncanalyzer.verify.found.Ledger;
import io.syncanalyzer.verify.found.SeenSet;
import io.syncanalyzer.verify.scan.Databases;
import io.syncanalyzer.verify.server.Connections;
import io.syncanalyzer.verify.server.Moves;
import io.syncanalyzer.verify.server.Standing;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Looks at all values once more where keys were renamed, moved or made of others since the begin: a
 * name that was looked at may hold by now what was not, and no scan of names tells ({@link Moves}).
 * Again as long as such calls become fewer by half each time and rounds are left. Memory is that of
 * {@link SeenSet}. For one thread.
 */
final class SecondLook {
  private static final String STEP = "comparing again what may have moved";

  private final PassSetting setting;
  private final Connections connections;
  private final Ledger ledger;
  private final SuspectSettling settling;
  private final Supplier<Standing> standing;
  private final Runnable fence;
  private final Databases databases;
  private final boolean sizesFirst;

  /**
   * @param standing asks both servers how they stand
   * @param fence passes one
   * @param sizesFirst whether sizes are asked before values
   */
  SecondLook(
      PassSetting setting,
      Connections connections,
      Ledger ledger,
      SuspectSettling settling,
      Supplier<Standing> standing,
      Runnable fence,
      Databases databases,
      boolean sizesFirst) {
    this.setting = setting;
    this.connections = connections;
    this.ledger = ledger;
    this.settling = settling;
    this.standing = standing;
    this.fence = fence;
    this.databases = databases;
    this.sizesFirst = sizesFirst;
  }

  /**
   * Looks, where there is reason to.
   *
   * @param begin the calls when the verification began
   * @param notes takes a line where anything was looked at
   * @return how many calls went on in the last look: what they put over a name that had been looked
   *     at by then was not
   */
  long run(Moves begin, List<String> notes) {
    Moves before = moves();
    long all = before.since(begin);
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
    } while (still > 0 && still <= last / 2 && looks < setting.request().settling().rounds());
    notes.add(
        String.format(
            Locale.ROOT,
            "%,d calls (RENAME, MOVE, COPY, ...STORE, LMOVE and such) made keys of others while"
                + " they were compared: every value was looked at %s more",
            all,
            looks == 1 ? "once" : looks + " times"));
    return still;
  }

  /**
   * Looks at every key of the source, and then at those of the replica's names that the source did
   * not have: what was made of others there may stand under a name that had been looked at. Keys
   * that are told to differ stay so, and are not told twice.
   */
  private void lookAtAllValues() {
    settling.forgetGone();
    Standing now = standing.get();
    List<Integer> all = databases.now(now.source(), now.replica());
    ledger.flush();
    SeenSet met = NameRounds.sized(ledger, all, now);
    for (int part = 0; part < met.parts(); part++) {
      ledger.seen().into(met, part, verdict -> verdict != KeyVerdict.EQUAL);
      try (Sweep sweep =
          Sweep.comparingAgain(setting, connections, ledger, settling, sizesFirst, met)) {
        NameRounds.through(sweep, setting, Side.SOURCE, all, now.source(), met, STEP);
      }
      try (Sweep sweep =
          Sweep.lookingAtNames(
              setting,
              connections,
              ledger,
              settling,
              Side.REPLICA,
              sizesFirst,
              new AtomicLong(),
              met)) {
        NameRounds.through(sweep, setting, Side.REPLICA, all, now.replica(), met, STEP);
      }
      settling.settleAll();
    }
  }

  /** Counted at a fence, so that the replica has no older one before it. */
  private Moves moves() {
    return setting
        .patience()
        .insist(
            () -> {
              fence.run();
              return Moves.of(setting.source(), setting.replica());
            });
  }
}
