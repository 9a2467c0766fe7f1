package io.syncanalyzer.verify.settle;

import io.syncanalyzer.fence.CountedFence;
import io.syncanalyzer.fence.PollPauses;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.time.BackOff;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.found.Settled;
import io.syncanalyzer.verify.found.Suspect;
import io.syncanalyzer.verify.server.Abilities;
import io.syncanalyzer.verify.server.ServerRetries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells suspects that the replica was only behind with from mismatches.
 *
 * <p>A suspect is looked at in rounds, a group in a pipeline ({@link GroupSettler}); what the looks
 * come to is {@link SettlingRule}'s. What keeps changing gets another round, up to the last; what
 * only the replica's clock has ended is waited for where that is not long. Large values are
 * compared in windows ({@link LargeSettler}). Results are told only once a whole group was read, so
 * that a server that was lost in between leaves nothing half told. Memory is bounded by the size of
 * a group. Not safe for use by several threads.
 */
public final class Settler implements AutoCloseable {
  private static final int SMALL_GROUP = 32;
  private static final Duration EXPIRY_WAIT = Duration.ofSeconds(15);
  private static final long FIRST_WAIT_NANOS = 20_000_000;

  private final Supplier<BothSides> opening;
  private final SettleSettings settling;
  private final ServerRetries retries;
  private final NanoClock clock;
  private final Consumer<Settled> results;
  private final GroupSettler groups;
  private final PausedSettler pausing;
  private final HiddenFields fields;
  private final int together;
  private @Nullable BothSides opened;

  /**
   * @param opening opens connections, again after a failure
   * @param together how many are settled together
   * @param results takes what each suspect came to; what it throws ends the settling
   */
  public Settler(
      Supplier<BothSides> opening,
      Abilities abilities,
      CountedFence fence,
      SettleSettings settling,
      ServerRetries retries,
      NanoClock clock,
      int together,
      Consumer<Settled> results) {
    this.together = together;
    this.opening = opening;
    this.settling = settling;
    this.retries = retries;
    this.clock = clock;
    this.results = results;
    LargeSettler large = new LargeSettler(abilities, fence, settling, clock);
    this.groups = new GroupSettler(abilities, fence, settling, clock, large);
    this.fields = new HiddenFields(abilities, settling.ttlTolerance().toMillis());
    this.pausing = new PausedSettler(large, fence, settling, clock);
  }

  /** Settles a group in some way, over connections that are there. */
  private interface Way {
    void settle(BothSides sides, Outcome outcome);
  }

  private List<Settled> settled(int database, Way way) {
    Outcome outcome =
        retries.insist(
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
      for (int from = 0; from < next.size(); from += together) {
        List<Suspect> group = next.subList(from, Math.min(next.size(), from + together));
        int current = round;
        open.addAll(
            settled(
                group.get(0).database(),
                (sides, outcome) -> groups.settle(sides, group, current, outcome)));
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
      Long ends = settled.endsInMillis();
      long endsIn = ends == null ? Long.MAX_VALUE : ends;
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
    while (!retries.isOver() && PollPauses.more(wait)) {
      // Its last milliseconds on the source.
    }
    for (int from = 0; from < expiring.size(); from += together) {
      List<Suspect> group = expiring.subList(from, Math.min(expiring.size(), from + together));
      left.addAll(
          settled(
              group.get(0).database(),
              (sides, outcome) -> groups.settle(sides, group, settling.rounds() + 1, outcome)));
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
