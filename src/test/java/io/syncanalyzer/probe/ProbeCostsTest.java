package io.syncanalyzer.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.probe.cost.ProbeBudget;
import io.syncanalyzer.probe.figures.ProbeCost;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What several shards cost the servers that they are on. */
class ProbeCostsTest {
  private static final ProbeBudget BUDGET = ProbeBudget.DEFAULT;

  /** Shares in percent of a core; a shard costs 1 to ask, 2 to apply, 3 to write; ? = unknown. */
  @ParameterizedTest
  @CsvSource({
    // source>replica of each shard    | asking, applying, writing
    "'s>r',                              1, 2, 3",
    "'s>r t>q',                          1, 2, 3",
    "'s>r t>r',                          2, 4, 3", // a cluster to a single server
    "'s>r s>q',                          1, 2, 6", // and from one
    "'s>r t>r u>r s>q',                  3, 6, 6",
    "'s>r +>q',                          1, 2, 3", // another replica of the same shard
    "'s>r t>r?',                         2,  , 3",
    "'s>r? t>q',                         1, 2, 3",
    "'s>r t>r u>r v>r w>r',              5, 8, 3", // it used no more
  })
  void sharesAreTheSumsOfTheServerThatMostFallsOn(
      String shards, double asking, @Nullable Double applying, Double writing) {
    List<ProbeCosts.OfShard> of = new ArrayList<>();
    String source = "";
    for (String shard : shards.split(" ", -1)) {
      boolean other = shard.startsWith("+");
      source = other ? source : shard.substring(0, 1);
      Double applied = shard.endsWith("?") ? null : Double.valueOf(0.02);
      of.add(new ProbeCosts.OfShard(cost(applied), shard.substring(2, 3), source, 0.08, !other));
    }
    ProbeCost all = ProbeCosts.together(BUDGET, of, new Histogram(2));
    assertThat(percent(all.askingShare())).isEqualTo(Math.round(asking));
    assertThat(percent(all.appliedShare()))
        .isEqualTo(percent(applying == null ? null : applying / 100));
    assertThat(percent(all.writtenShare())).isEqualTo(Math.round(writing));
    assertThat(all.budgetPercent()).isEqualTo(BUDGET.percent());
    assertThat(all.pollsPerSecond()).isEqualTo(100 * of.size());
  }

  private static @Nullable Long percent(@Nullable Double share) {
    return share == null ? null : Long.valueOf(Math.round(100 * share));
  }

  @Test
  void aWarningNamesTheBudgetThatWasGiven() {
    ProbeBudget given = new ProbeBudget(1.2);
    assertThat(TrackWarnings.overdrawn(given, cost(0.02))).isEmpty();
    ProbeBudget little = new ProbeBudget(0.6);
    assertThat(TrackWarnings.overdrawn(little, cost(0.02, 0.6)).orElseThrow())
        .contains("took 1.0 % of a core of the replica, above the budget of 0.6 %;");
    assertThat(TrackWarnings.overdrawn(given, cost(0.02, 0.6)).orElseThrow())
        .contains("above this shard's part of the budget of 1.2 %;");
  }

  private static ProbeCost cost(@Nullable Double applied) {
    return cost(applied, 1.0);
  }

  private static ProbeCost cost(@Nullable Double applied, double budget) {
    return new ProbeCost(budget, 100, null, null, 15_000, true, 0.01, applied, 0.03, 0.5);
  }
}
