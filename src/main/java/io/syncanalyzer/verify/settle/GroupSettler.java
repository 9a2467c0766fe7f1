package io.syncanalyzer.verify.settle;

import io.syncanalyzer.fence.CountedFence;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.time.BackOff;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.found.Settled;
import io.syncanalyzer.verify.found.Suspect;
import io.syncanalyzer.verify.server.Abilities;
import io.syncanalyzer.verify.server.WriteCount;
import io.syncanalyzer.verify.settle.SettlingRule.Next;
import io.syncanalyzer.verify.settle.SettlingRule.Ruling;
import io.syncanalyzer.verify.settle.SuspectReader.Seen;
import io.syncanalyzer.verify.settle.SuspectReader.SeenAgain;
import io.syncanalyzer.verify.value.KeyState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One round of settling a group of suspects of one database: makes the looks that {@link
 * SettlingRule} rules on, and finds out what can be known of whether the keys were touched.
 *
 * <ul>
 *   <li>The group is WATCHed from before the source is read, and an empty MULTI/EXEC after the
 *       replica was read goes through: then nobody touched any of them. This also tells a key that
 *       was deleted and written again with the same value, which two reads cannot.
 *   <li>Where some key of a large group was touched, it is settled in smaller parts. Of a small one
 *       the source is read again, and what stands still and differs is watched by itself.
 *   <li>Where WATCH is not allowed, a source that counted no write but the fence's own between the
 *       looks was not touched; else, or where such counts prove nothing, the looks are made again
 *       and again.
 * </ul>
 *
 * <p>Not safe for use by several threads.
 */
final class GroupSettler {
  private static final int SMALL_GROUP = 32;

  /** A larger group of which some key was touched is settled in parts that may not have been. */
  private static final int WHOLE_GROUP = 512;

  private final Abilities abilities;
  private final CountedFence fence;
  private final SettleSettings settling;
  private final NanoClock clock;
  private final SettlingRule rule;
  private final LargeSettler large;

  GroupSettler(
      Abilities abilities,
      CountedFence fence,
      SettleSettings settling,
      NanoClock clock,
      LargeSettler large) {
    this.abilities = abilities;
    this.fence = fence;
    this.settling = settling;
    this.clock = clock;
    this.rule = new SettlingRule(settling.ttlTolerance().toMillis(), settling.rounds());
    this.large = large;
  }

  /** Settles a group as far as one round does. */
  void settle(BothSides sides, List<Suspect> group, int round, Outcome outcome) {
    if (!abilities.watch()) {
      one(sides, group, round, outcome, false);
      return;
    }
    if (!sides.watch(SuspectReader.keys(group), fence)) {
      if (!inParts(sides, group, round, outcome)) {
        one(sides, group, round, outcome, true); // One of them may not be watched.
      }
      return;
    }
    List<Suspect> largeOnes = new ArrayList<>();
    List<Settled> found = watched(sides, group, round, largeOnes);
    if (sides.sourceStoodStill()) {
      found.forEach(outcome::add);
    } else if (inParts(sides, group, round, outcome)) {
      return;
    } else {
      one(sides, found.stream().map(Settled::suspect).toList(), round, outcome, true);
    }
    for (Suspect suspect : largeOnes) {
      outcome.add(large.settle(sides, suspect, round));
    }
  }

  /** Settles a large group in smaller ones; false where it is none. */
  private boolean inParts(BothSides sides, List<Suspect> group, int round, Outcome outcome) {
    if (group.size() <= WHOLE_GROUP) {
      return false;
    }
    for (int from = 0; from < group.size(); from += WHOLE_GROUP) {
      settle(
          sides, group.subList(from, Math.min(group.size(), from + WHOLE_GROUP)), round, outcome);
    }
    return true;
  }

  /** Looks at the keys of a group under WATCH, which the caller begins and ends. */
  private List<Settled> watched(
      BothSides sides, List<Suspect> group, int round, List<Suspect> largeOnes) {
    List<Settled> found = new ArrayList<>();
    standing(
        sides,
        group,
        largeOnes,
        seen -> {
          Ruling ruling = rule.untouched(seen.source(), seen.replica(), round);
          found.add(seen.settled(ruling, round, clock.nanoTime()));
        });
    return found;
  }

  /** Reads a group under WATCH; which are to be compared in windows is only noted. */
  private void standing(
      BothSides sides, List<Suspect> group, List<Suspect> largeOnes, Consumer<Seen> each) {
    SuspectReader.standing(
        sides,
        group,
        () -> fence.pass(settling.fenceTimeout(), sides::keepAwake).proof(),
        seen -> {
          if (seen.isLarge()) {
            largeOnes.add(seen.suspect());
          } else {
            each.accept(seen);
          }
        });
  }

  /**
   * What differs, but was not proved to. It is kept through all looks that follow, so of its values
   * it holds only the sums.
   *
   * @param ruling of the last look
   */
  private record Differing(Seen seen, Ruling ruling) {
    Differing {
      seen = seen.withoutParts();
      ruling = ruling.withoutParts();
    }
  }

  /**
   * Looks at keys one by one.
   *
   * @param watching whether what differs can be watched by itself
   */
  private void one(
      BothSides sides, List<Suspect> suspects, int round, Outcome outcome, boolean watching) {
    for (int from = 0; from < suspects.size(); from += SMALL_GROUP) {
      List<Suspect> part = suspects.subList(from, Math.min(suspects.size(), from + SMALL_GROUP));
      boolean counting = !watching && abilities.sourceCounts();
      Optional<WriteCount> before = counting ? writes(sides) : Optional.empty();
      long own = fence.writes();
      List<Differing> differing = new ArrayList<>();
      for (SeenAgain again : SuspectReader.changing(sides, part, this::pass)) {
        Seen seen = again.seen();
        Ruling ruling = rule.unknown(seen.source(), seen.replica(), again.again(), null, round);
        if (LargeSettler.isLargeOnBoth(ruling.source(), seen.replica())) {
          outcome.add(large.settle(sides, seen.suspect(), round));
        } else if (ruling.next() == Next.LOOK_AGAIN) {
          differing.add(new Differing(seen, ruling));
        } else {
          outcome.add(seen.settled(ruling, round, clock.nanoTime()));
        }
      }
      if (watching) {
        differing.forEach(one -> watchAlone(sides, one, round, outcome));
      } else if (counting && isQuietSince(before, writes(sides), fence.writes() - own)) {
        for (Differing one : differing) {
          Ruling ruling = SettlingRule.provedUntouched(one.ruling());
          outcome.add(one.seen().settled(ruling, round, clock.nanoTime()));
        }
      } else {
        again(sides, differing, round, outcome);
      }
    }
  }

  private static boolean isQuietSince(
      Optional<WriteCount> before, Optional<WriteCount> after, long own) {
    return before.isPresent() && after.isPresent() && before.get().isFollowedBy(after.get(), own);
  }

  /** How often the source has been written to; empty where it hides that. */
  private static Optional<WriteCount> writes(BothSides sides) {
    return sides.source().call("INFO") instanceof Reply.Text text
        ? WriteCount.of(ServerInfo.parse(text.bytes().asUtf8()))
        : Optional.empty();
  }

  /** A key of a group that was touched may itself have stood still: it is watched by itself. */
  private void watchAlone(BothSides sides, Differing differing, int round, Outcome outcome) {
    List<Suspect> group = List.of(differing.seen().suspect());
    if (!sides.watch(SuspectReader.keys(group), fence)) {
      again(sides, List.of(differing), round, outcome);
      return;
    }
    List<Seen> small = new ArrayList<>();
    List<Suspect> largeOnes = new ArrayList<>();
    standing(sides, group, largeOnes, small::add);
    boolean stoodStill = sides.sourceStoodStill();
    for (Seen seen : small) {
      Ruling ruling =
          stoodStill
              ? rule.untouched(seen.source(), seen.replica(), round)
              : rule.touched(seen.source(), round);
      outcome.add(seen.settled(ruling, round, clock.nanoTime()));
    }
    for (Suspect one : largeOnes) {
      outcome.add(large.settle(sides, one, round));
    }
  }

  /** Looks at what differs again and again, for as long as it does in the same way. */
  private void again(BothSides sides, List<Differing> differing, int round, Outcome outcome) {
    BackOff pauses = StandingDifferences.pauses(clock);
    List<Differing> left = differing;
    while (!left.isEmpty()) {
      pauses.more();
      List<Suspect> suspects = left.stream().map(one -> one.seen().suspect()).toList();
      List<SeenAgain> looks = SuspectReader.changing(sides, suspects, this::pass);
      List<Differing> standing = new ArrayList<>();
      for (int i = 0; i < looks.size(); i++) {
        Seen seen = looks.get(i).seen();
        KeyState again = looks.get(i).again();
        Ruling last = left.get(i).ruling();
        Ruling ruling = rule.unknown(seen.source(), seen.replica(), again, last, round);
        if (LargeSettler.isLargeOnBoth(ruling.source(), seen.replica())) {
          ruling = rule.touched(ruling.source(), round); // It has grown, and was not read.
        }
        if (ruling.next() == Next.LOOK_AGAIN) {
          standing.add(new Differing(seen, ruling));
        } else {
          outcome.add(seen.settled(ruling, round, clock.nanoTime()));
        }
      }
      left = standing;
    }
  }

  private String pass() {
    return fence.pass(settling.fenceTimeout()).proof();
  }
}
