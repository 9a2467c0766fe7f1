package io.syncanalyzer.verify.pass;

import io.syncanalyzer.fence.CountedFence;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.verify.attempt.Attempt;
import io.syncanalyzer.verify.found.Ledger;
import io.syncanalyzer.verify.found.MismatchLimit;
import io.syncanalyzer.verify.found.Settled;
import io.syncanalyzer.verify.found.Suspect;
import io.syncanalyzer.verify.settle.BothSides;
import io.syncanalyzer.verify.settle.SettleSettings;
import io.syncanalyzer.verify.settle.Settler;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Settles what the passes suspect, each database by itself, and enters what it came to. What keeps
 * changing gets another chance later, when it has had time to come to rest. Not safe for use by
 * several threads.
 */
final class SuspectRounds implements AutoCloseable {
  /** What kept changing is held with what was seen of it, some kilobytes a key. */
  private static final int LATE_GROUP = 4096;

  /** Suspects are settled in mid-scan when they take this much memory. */
  static final long MOST_BYTES = 8 * 1024 * 1024;

  private final Attempt attempt;
  private final Settler settler;
  private final CountedFence fence;
  private final Ledger ledger;
  private final List<Suspect> late = new ArrayList<>();
  private long lateBytes;
  private final Map<Side, Map<Integer, Long>> absent = new EnumMap<>(Side.class);
  private final Map<Integer, Long> gone = new HashMap<>();

  SuspectRounds(Attempt attempt) {
    this.attempt = attempt;
    this.fence = attempt.fence();
    this.ledger = attempt.ledger();
    this.settler =
        new Settler(
            () ->
                new BothSides(
                    attempt.connections(),
                    attempt.source(),
                    attempt.replica(),
                    attempt.abilities(),
                    attempt.toleranceMillis(),
                    attempt.run().clock()),
            attempt.abilities(),
            fence,
            attempt.settling(),
            attempt.run().retries(),
            attempt.run().clock(),
            attempt.begin().suspectsTogether(),
            this::settled);
  }

  /** Settles all suspects of the moment, save what keeps changing. */
  void settle() {
    for (List<Suspect> ofOne : byDatabase(ledger.takeSuspects())) {
      settle(ofOne);
    }
  }

  private static Iterable<List<Suspect>> byDatabase(List<Suspect> all) {
    Map<Integer, List<Suspect>> found = new LinkedHashMap<>();
    for (Suspect suspect : all) {
      found.computeIfAbsent(suspect.database(), first -> new ArrayList<>()).add(suspect);
    }
    return found.values();
  }

  private void settle(List<Suspect> suspects) {
    int group = attempt.pace().batch(attempt.begin().suspectsTogether());
    for (int from = 0; from < suspects.size(); from += group) {
      List<Suspect> part = suspects.subList(from, Math.min(suspects.size(), from + group));
      attempt.pace().take(part.size());
      for (Settled open : settler.settle(part)) {
        if (lateBytes < MOST_BYTES) {
          late.add(open.suspect());
          lateBytes += open.suspect().memoryBytes();
        } else {
          settled(open);
        }
      }
      attempt.run().progress().tellBeside("settling");
    }
  }

  /** Settles all suspects, and once more what kept changing. */
  void settleAll() {
    settle();
    for (List<Suspect> ofOne : byDatabase(late)) {
      for (int from = 0; from < ofOne.size(); from += LATE_GROUP) {
        attempt.run().progress().tellBeside("settling what kept changing");
        settleAgain(ofOne.subList(from, Math.min(ofOne.size(), from + LATE_GROUP)));
      }
    }
    late.clear();
    lateBytes = 0;
  }

  private void settleAgain(List<Suspect> suspects) {
    SettleSettings how = attempt.settling();
    List<Settled> open = settler.settle(suspects);
    if (how.pauseWrites().isPresent() && fence.fence().proves()) {
      open = settler.settlePaused(open, how.pauseWrites().get());
    }
    open.forEach(this::settled);
  }

  /**
   * How many keys of a database, whichever side's SCAN returned them, were found not to be on that
   * side, or on neither.
   */
  long absentOn(Side side, int database) {
    return absent.getOrDefault(side, Map.of()).getOrDefault(database, 0L)
        + gone.getOrDefault(database, 0L);
  }

  /** Counts so many more, which an earlier verification did not find on the replica. */
  void absentBefore(int database, long keys) {
    absent(Side.REPLICA, database, keys);
  }

  private void absent(Side side, int database, long keys) {
    absent.computeIfAbsent(side, first -> new HashMap<>()).merge(database, keys, Long::sum);
  }

  /**
   * Begins anew to count those that are on neither side: all keys are looked at once more, but for
   * those that have a verdict other than equal, which stay counted.
   */
  void forgetGone() {
    gone.clear();
  }

  /** Whether some keys still wait for another chance. */
  boolean isAnyLate() {
    return !late.isEmpty();
  }

  private void settled(Settled settled) {
    Side returnedBy = settled.suspect().foundOn();
    int database = settled.suspect().database();
    if (settled.judgement().verdict() == null) {
      // Those that the other side's SCAN returned are not among the keys that the leading one had.
      if (returnedBy == attempt.lead()) {
        gone.merge(database, 1L, Long::sum);
      }
    } else {
      for (Side side : Side.values()) {
        absent(side, database, settled.isOn(side) ? 0 : 1);
      }
    }
    ledger.settled(settled);
    Long most = attempt.request().settings().maxMismatches();
    if (most != null && attempt.run().together().mismatches().reaches(ledger, most)) {
      throw new MismatchLimit();
    }
  }

  @Override
  public void close() {
    settler.close();
  }
}
