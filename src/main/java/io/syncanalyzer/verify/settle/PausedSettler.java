package io.syncanalyzer.verify.settle;

import io.syncanalyzer.fence.CountedFence;
import io.syncanalyzer.fence.FenceFailure;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.found.Settled;
import io.syncanalyzer.verify.settle.SettlingRule.Ruling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Settles what kept changing while writes to the source are paused. However it ends, the pause ends
 * with it. Not safe for use by several threads.
 */
public final class PausedSettler {
  private final LargeSettler large;
  private final CountedFence fence;
  private final SettleSettings settling;
  private final NanoClock clock;
  private final SettlingRule rule;

  public PausedSettler(
      LargeSettler large, CountedFence fence, SettleSettings settling, NanoClock clock) {
    this.large = large;
    this.fence = fence;
    this.settling = settling;
    this.clock = clock;
    this.rule = new SettlingRule(settling.ttlTolerance().toMillis(), settling.rounds());
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
    String proof = proof(limit);
    if (proof == null) {
      outcome.open().addAll(group);
      return;
    }
    int round = settling.rounds() + 1;
    List<Settled> found = new ArrayList<>();
    SuspectReader.standing(
        sides,
        group.stream().map(Settled::suspect).toList(),
        () -> proof,
        seen -> {
          Ruling ruling = rule.untouched(seen.source(), seen.replica(), round);
          Settled settled = seen.settled(ruling, round, clock.nanoTime());
          found.add(
              seen.isLarge()
                  ? settled.with(large.judge(sides, seen.suspect(), seen.source(), seen.replica()))
                  : settled);
        });
    if (clock.nanoTime() - start >= limit.toNanos()) {
      outcome.open().addAll(group);
    } else {
      found.forEach(outcome::add);
    }
  }

  /** The fence's proof; null where the replica needed longer than the pause may last. */
  private @Nullable String proof(Duration limit) {
    try {
      return "writes paused, " + fence.passPaused(limit).proof();
    } catch (FenceFailure e) {
      if (e.kind() == FenceFailure.Kind.BEHIND) {
        return null;
      }
      throw e;
    }
  }
}
