package io.syncanalyzer.verify.pass;

import io.syncanalyzer.verify.attempt.Attempt;
import io.syncanalyzer.verify.found.CountedFindings;
import io.syncanalyzer.verify.found.Ledger;
import io.syncanalyzer.verify.found.Progress;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One attempt for which a {@link Sweep} is made. For one thread. */
final class OneBehind implements Sweep.Behind {
  private static final long MOST_UNLIMITED = 1000;

  private final Attempt attempt;
  private final SuspectRounds settling;
  private final List<CountedFindings> countings;
  private final @Nullable DatabasesSoFar known;

  /**
   * @param countings what each worker finds; empty where they do not count
   * @param known writes checkpoints down; null where there are none
   */
  OneBehind(
      Attempt attempt,
      SuspectRounds settling,
      List<CountedFindings> countings,
      @Nullable DatabasesSoFar known) {
    this.attempt = attempt;
    this.settling = settling;
    this.countings = List.copyOf(countings);
    this.known = known;
  }

  @Override
  public boolean wantsOthers() {
    return true;
  }

  @Override
  public void pass(OptionalLong keys, long before) {
    attempt.run().progress().pass(keys, before);
  }

  @Override
  public void scanned(long keys, long leftOut, String step) {
    Progress progress = attempt.run().progress();
    progress.scanned(keys);
    progress.leftOut(leftOut);
    progress.tell(step);
  }

  @Override
  public void settleIfMany() {
    if (hasMany()) {
      settling.settle();
    }
  }

  /** Whether suspects take much memory, or may be more than the limit of mismatches. */
  boolean hasMany() {
    Long most = attempt.request().settings().maxMismatches();
    return attempt.ledger().suspectBytes() > SuspectRounds.MOST_BYTES
        || (most != null && attempt.ledger().suspects() >= Math.min(MOST_UNLIMITED, most));
  }

  @Override
  public void checkpoint(int database, String cursor, long scanned) {
    settling.settleAll();
    Ledger ledger = attempt.ledger();
    long gone = ledger.tally().goneKeys();
    for (CountedFindings counting : countings) {
      counting.flush();
      gone += counting.goneKeys();
    }
    ledger.flush();
    if (known != null) {
      known.checkpoint(database, cursor, scanned, gone);
    }
  }

  @Override
  public void ended() {
    countings.forEach(CountedFindings::countIn);
  }
}
