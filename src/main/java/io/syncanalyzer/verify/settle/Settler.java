package io.syncanalyzer.verify.settle;

import io.syncanalyzer.fence.CountedFence;
import io.syncanalyzer.fence.PollPauses;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.time.BackOff;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.found.Settled;
import io.syncanalyzer.verify.found.Suspect;
import io.syncanalyzer.verify.server.Abilities;
import io.syncanalyzer.verify.server.Patience;
import io.syncanalyzer.verify.server.WriteCount;
import io.syncanalyzer.verify.value.KeyState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells suspects that the replica was only behind with from mismatches.
 *
 * <p>A round reads the source (v1), passes a fence, reads the replica (r) and makes sure that the
 * source did not change meanwhile. Two ways of making sure:
 *
 * <ul>
 *   <li>The keys are WATCHed from before v1, and an empty MULTI/EXEC after r goes through: then
 *       nobody touched any of them, and r must equal v1. This also tells a key that was deleted and
 *       written again with the same value, which two reads cannot.
 *   <li>Where some key of the group was touched, the source is read again (v2): r = v1 or r = v2 is
 *       a replica that was behind; v1 differing from v2 is a key that keeps changing and gets
 *       another round; what stands still and differs is watched by itself.
 * </ul>
 *
 * <p>Where WATCH is not allowed, v1 = v2 differing from r is the verdict if it comes out the same
 * many times in a row ({@link StandingDifferences}). Large values are compared in windows, each
 * settled by itself in that way where the key keeps changing. Memory is bounded by the size of a
 * group. Not safe for use by several threads.
 */
public final class Settler implements AutoCloseable {
  private static final int GROUP = 512;
  private static final int FETCH = 64;
  private static final int SMALL_GROUP = 32;
  private static final Duration EXPIRY_WAIT = Duration.ofSeconds(15);
  private static final long FIRST_WAIT_NANOS = 20_000_000;

  private final Supplier<BothSides> opening;
  private final Abilities abilities;
  private final CountedFence fence;
  private final Settling settling;
  private final Patience patience;
  private final NanoClock clock;
  private final Consumer<Settled> results;
  private final LargeSettler large;
  private final Looks looks;
  private final PausedSettler pausing;
  private final HiddenFields fields;
  private @Nullable BothSides opened;

  /**
   * @param opening opens connections, again after a failure
   * @param results takes what each suspect came to; what it throws ends the settling
   */
  public Settler(
      Supplier<BothSides> opening,
      Abilities abilities,
      CountedFence fence,
      Settling settling,
      Patience patience,
      NanoClock clock,
      Consumer<Settled> results) {
    this.opening = opening;
    this.abilities = abilities;
    this.fence = fence;
    this.settling = settling;
    this.patience = patience;
    this.clock = clock;
    this.results = results;
    this.large = new LargeSettler(abilities, fence, settling, clock);
    this.looks = new Looks(fence, settling, clock);
    this.fields = new HiddenFields(abilities, settling.ttlTolerance().toMillis());
    this.pausing = new PausedSettler(large, fence, settling, clock);
  }

  /** Settles a group in some way, over connections that are there. */
  private interface Way {
    void settle(BothSides sides, Outcome outcome);
  }

  private List<Settled> settled(int database, Way way) {
    Outcome outcome =
        patience.insist(
            () -> {
              BothSides sides = opened == null ? opening.get() : opened;
              opened = sides;
              Outcome attempt = new Outcome();
              try {
                sides.select(database);
                way.settle(sides, attempt);
                attempt = fields.explained(sides, attempt);
              } catch (RedisFailure e) {
                // It may have ended in the middle of a reply.
                close();
                throw e;
              }
              return attempt;
            });
    outcome.done().forEach(results);
    return outcome.open();
  }

  /**
   * Settles suspects of one database; results go to the consumer as they come.
   *
   * @return those that still changed in the last round
   */
  public List<Settled> settle(List<Suspect> suspects) {
    List<Settled> open = new ArrayList<>();
    List<Suspect> next = suspects;
    for (int round = 1; round <= settling.rounds() && !next.isEmpty(); round++) {
      if (round > 1) {
        waitBefore(round);
      }
      open = new ArrayList<>();
      for (int from = 0; from < next.size(); from += GROUP) {
        List<Suspect> group = next.subList(from, Math.min(next.size(), from + GROUP));
        int current = round;
        open.addAll(
            settled(
                group.get(0).database(),
                (sides, outcome) -> group(sides, group, current, outcome)));
      }
      next = open.stream().map(Settled::suspect).toList();
    }
    return expired(open);
  }

  /**
   * What only the replica's clock has ended so far is waited for, where that is not long: then it
   * has expired on both sides.
   */
  private List<Settled> expired(List<Settled> open) {
    long longest = 0;
    List<Settled> left = new ArrayList<>();
    List<Suspect> expiring = new ArrayList<>();
    for (Settled settled : open) {
      long endsIn = settled.endsInMillis().orElse(Long.MAX_VALUE);
      if (endsIn <= EXPIRY_WAIT.toMillis()) {
        expiring.add(settled.suspect());
        longest = Math.max(longest, endsIn);
      } else {
        left.add(settled);
      }
    }
    if (expiring.isEmpty()) {
      return open;
    }
    BackOff wait = PollPauses.within(clock, Duration.ofMillis(longest + 20));
    while (!patience.isOver() && PollPauses.more(wait)) {
      // Its last milliseconds on the source.
    }
    for (int from = 0; from < expiring.size(); from += GROUP) {
      List<Suspect> group = expiring.subList(from, Math.min(expiring.size(), from + GROUP));
      left.addAll(
          settled(
              group.get(0).database(),
              (sides, outcome) -> group(sides, group, settling.rounds() + 1, outcome)));
    }
    return left;
  }

  /**
   * Settles what kept changing in one database while writes to the source are paused, a group at a
   * time, each for at most {@code limit}; between two pauses writes go on for as long as the last
   * one took.
   *
   * @return those for which the pause was too short
   */
  public List<Settled> settlePaused(List<Settled> changing, Duration limit) {
    List<Settled> open = new ArrayList<>();
    for (int from = 0; from < changing.size(); from += SMALL_GROUP) {
      List<Settled> group = changing.subList(from, Math.min(changing.size(), from + SMALL_GROUP));
      long start = now();
      open.addAll(
          settled(
              group.get(0).suspect().database(),
              (sides, outcome) -> pausing.settle(sides, group, limit, outcome)));
      clock.park(now() - start);
    }
    return open;
  }

  private void waitBefore(int round) {
    BackOff wait =
        PollPauses.within(clock, Duration.ofNanos(FIRST_WAIT_NANOS << Math.min(5, round)));
    while (PollPauses.more(wait)) {
      // Changing keys are given a moment to come to rest.
    }
  }

  private void group(BothSides sides, List<Suspect> group, int round, Outcome outcome) {
    if (!abilities.watch()) {
      openEach(sides, group, round, outcome, false);
      return;
    }
    if (!sides.watch(Looks.keys(group), fence)) {
      openEach(sides, group, round, outcome, true); // One of them may not be watched.
      return;
    }
    List<Suspect> largeOnes = new ArrayList<>();
    List<Settled> found = watched(sides, group, round, largeOnes);
    if (sides.sourceStoodStill()) {
      found.forEach(outcome::add);
    } else {
      openEach(sides, found.stream().map(Settled::suspect).toList(), round, outcome, true);
    }
    for (Suspect suspect : largeOnes) {
      outcome.add(large.settle(sides, suspect, round));
    }
  }

  private void openEach(
      BothSides sides, List<Suspect> suspects, int round, Outcome outcome, boolean watchAlone) {
    for (int from = 0; from < suspects.size(); from += SMALL_GROUP) {
      List<Suspect> part = suspects.subList(from, Math.min(suspects.size(), from + SMALL_GROUP));
      Optional<WriteCount> before = watchAlone ? Optional.empty() : looks.writes(sides);
      long own = fence.writes();
      List<Settled> differing = new ArrayList<>();
      for (Settled settled : looks.twice(sides, part, round)) {
        if (LargeSettler.isLargeOnBoth(settled.source(), settled.replica())) {
          outcome.add(large.settle(sides, settled.suspect(), round));
        } else if (Looks.isMismatch(settled)) {
          differing.add(settled);
        } else {
          outcome.add(settled);
        }
      }
      if (watchAlone) {
        differing.forEach(settled -> watchAlone(sides, settled, round, outcome));
      } else if (isQuietSince(before, looks.writes(sides), fence.writes() - own)) {
        differing.forEach(outcome::add); // Nobody wrote anything to the source meanwhile.
      } else {
        looks.again(sides, differing, round, outcome);
      }
    }
  }

  private static boolean isQuietSince(
      Optional<WriteCount> before, Optional<WriteCount> after, long own) {
    return before.isPresent() && after.isPresent() && before.get().isFollowedBy(after.get(), own);
  }

  /** A key of a group that was touched may itself have stood still: it is watched by itself. */
  private void watchAlone(BothSides sides, Settled differing, int round, Outcome outcome) {
    List<Suspect> group = List.of(differing.suspect());
    if (!sides.watch(Looks.keys(group), fence)) {
      looks.again(sides, List.of(differing), round, outcome);
      return;
    }
    List<Suspect> largeOnes = new ArrayList<>();
    List<Settled> alone = watched(sides, group, round, largeOnes);
    boolean stoodStill = sides.sourceStoodStill();
    for (Settled settled : alone) {
      outcome.add(stoodStill ? settled : Looks.changing(settled));
    }
    for (Suspect one : largeOnes) {
      outcome.add(large.settle(sides, one, round));
    }
  }

  /** Looks at the keys of a group under WATCH, which the caller begins and ends. */
  private List<Settled> watched(
      BothSides sides, List<Suspect> group, int round, List<Suspect> largeOnes) {
    List<Bytes> keys = Looks.keys(group);
    List<KeyState> mine = sides.sourceReader().look(keys);
    String proof = fence.pass(settling.fenceTimeout(), sides::keepAwake).proof();
    List<KeyState> others = sides.replicaReader().look(keys);
    List<Settled> found = new ArrayList<>();
    for (int from = 0; from < keys.size(); from += FETCH) {
      int to = Math.min(keys.size(), from + FETCH);
      sides.fetchWhereBothHaveIt(keys, mine, others, from, to);
      for (int i = from; i < to; i++) {
        KeyState state = mine.get(i);
        KeyState other = others.get(i);
        if (LargeSettler.isLargeOnBoth(state, other)) {
          largeOnes.add(group.get(i));
        } else {
          found.add(looks.settled(group.get(i), state, other, round, proof));
        }
        state.content = Looks.slim(state.content);
        other.content = Looks.slim(other.content);
      }
    }
    return found;
  }

  private long now() {
    return clock.nanoTime();
  }

  /** Ends the connections; settling again opens others. */
  @Override
  public void close() {
    if (opened != null) {
      opened.close();
      opened = null;
    }
  }
}
