package io.syncanalyzer.verify.pass;

import io.syncanalyzer.redis.Counted;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.verify.attempt.Attempt;
import io.syncanalyzer.verify.server.BothCounts;
import java.util.Collection;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Proves by counting alone that the side that was not scanned has no key of its own and that no key
 * has come by a name unseen: every key that the side which leads returned was found on it, neither
 * side changed since before the scan, nothing can expire, and both hold exactly as many keys as
 * were returned, which also proves that SCAN repeated none. Where the names of both sides were
 * listed, each once, that neither side changed is enough. For one thread.
 */
final class CountProof {
  private static final int MOST_NAMED = 3;

  private final Attempt attempt;
  private final SuspectRounds settling;
  private final DatabasesSoFar known;

  CountProof(Attempt attempt, SuspectRounds settling, DatabasesSoFar known) {
    this.attempt = attempt;
    this.settling = settling;
    this.known = known;
  }

  /**
   * The databases of which that is proved.
   *
   * @param begin how both stood before any key was looked at
   */
  Collection<Integer> proved(BothCounts begin) {
    SortedSet<Integer> proved = new TreeSet<>();
    if (attempt.begin().proofs().noCounts() != null
        || settling.isAnyLate()
        || attempt.scope().leavesOut()
        || attempt.resumed().isPresent()) {
      return proved;
    }
    BothCounts now = attempt.countsAtFence();
    if (!now.isQuietSince(begin)) {
      return proved;
    }
    known
        .returned()
        .forEach(
            (database, keys) -> {
              if (known.isListedBothOnce(database)) {
                proved.add(database);
                return;
              }
              long held = keys + attempt.fence().keysIn(database);
              if (settling.absentOn(attempt.lead().other(), database) == 0
                  && !begin.mayExpire(database)
                  && !now.mayExpire(database)
                  && now.source().keys(database).orElse(-1) == held
                  && now.replica().keys(database).orElse(-1) == held) {
                proved.add(database);
              }
            });
    return proved;
  }

  /** Takes a note of what was proved. */
  void note(Collection<Integer> proved) {
    if (!proved.isEmpty() && proved.stream().allMatch(known::isListedBothOnce)) {
      attempt
          .run()
          .notes()
          .accept(
              "the names of both sides were listed slot by slot, and nothing changed until a fence"
                  + " after that: no name was left out");
      return;
    }
    Side lead = attempt.lead();
    String allFound =
        "every key of the " + lead.label() + " was found on the " + lead.other().label();
    String noneLeft =
        "there is no "
            + (lead == Side.SOURCE ? "extra" : "missing")
            + " key, the "
            + lead.other().label()
            + " was not scanned";
    if (proved.size() > MOST_NAMED) {
      attempt
          .run()
          .notes()
          .accept(
              String.format(
                  Locale.ROOT,
                  "%,d databases: %s, both held as many keys of each at a fence, and nothing"
                      + " changed: %s there",
                  proved.size(),
                  allFound,
                  noneLeft));
      return;
    }
    for (int database : proved) {
      attempt
          .run()
          .notes()
          .accept(
              "db "
                  + database
                  + ": "
                  + allFound
                  + ", both held "
                  + Counted.words(known.returned().getOrDefault(database, 0L), "key")
                  + " at a fence, and nothing changed: "
                  + noneLeft);
    }
  }
}
