package io.syncanalyzer.verify.settle;

import io.syncanalyzer.fence.CountedFence;
import io.syncanalyzer.fence.FenceFailure;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.found.Settled;
import io.syncanalyzer.verify.found.Suspect;
import io.syncanalyzer.verify.value.Judgement;
import io.syncanalyzer.verify.value.KeyState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Settles what kept changing while writes to the source are paused. However it ends, the pause ends
 * with it. Not safe for use by several threads.
 */
public final class PausedSettler {
  private final LargeSettler large;
  private final CountedFence fence;
  private final Settling settling;
  private final NanoClock clock;

  public PausedSettler(LargeSettler large, CountedFence fence, Settling settling, NanoClock clock) {
    this.large = large;
    this.fence = fence;
    this.settling = settling;
    this.clock = clock;
  }

  /** Settles a group; where the pause was too short for it, all of it stays open. */
  public void settle(BothSides sides, List<Settled> group, Duration limit, Outcome outcome) {
    try {
      paused(sides, group, limit, outcome);
    } finally {
      fence.fence().unpause();
    }
  }

  private void paused(BothSides sides, List<Settled> group, Duration limit, Outcome outcome) {
    long start = clock.nanoTime();
    String proof;
    try {
      proof = "writes paused, " + fence.passPaused(limit).proof();
    } catch (FenceFailure e) {
      if (e.kind() == FenceFailure.Kind.BEHIND) {
        outcome.open().addAll(group);
        return;
      }
      throw e;
    }
    List<Suspect> suspects = group.stream().map(Settled::suspect).toList();
    List<Bytes> keys = suspects.stream().map(Suspect::key).toList();
    List<KeyState> mine = sides.sourceReader().look(keys);
    List<KeyState> others = sides.replicaReader().look(keys);
    sides.fetchWhereBothHaveIt(keys, mine, others, 0, keys.size());
    List<Settled> found = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      Suspect suspect = suspects.get(i);
      KeyState state = mine.get(i);
      KeyState other = others.get(i);
      Judgement judgement =
          LargeSettler.isLargeOnBoth(state, other)
              ? large.judge(sides, suspect, state, other)
              : Judgement.of(state, other, settling.ttlTolerance().toMillis());
      found.add(
          new Settled(
              suspect, judgement, state, other, settling.rounds() + 1, proof, clock.nanoTime()));
    }
    if (clock.nanoTime() - start >= limit.toNanos()) {
      outcome.open().addAll(group);
    } else {
      found.forEach(outcome::add);
    }
  }
}
