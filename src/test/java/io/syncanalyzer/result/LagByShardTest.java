package io.syncanalyzer.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.report.SampleRuns;
import io.syncanalyzer.result.lag.LagAccounting;
import io.syncanalyzer.result.lag.LagPercentile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows of single shards beside those of all together. */
class LagByShardTest {
  @Test
  void allTogetherSpeaksUnlessAShardIsAskedFor() {
    LagReport lag = lag("30", "10", "900");
    assertThat(lag.mainPhase()).isEqualTo("probe");
    assertThat(lag.percentile("probe", "99")).extracting(LagPercentile::shard).isNull();
    assertThat(lag.accounting("probe")).extracting(LagAccounting::scheduled).isEqualTo(30L);
    assertThat(lag.censored()).isEqualTo(3);
    assertThat(lag.accountingByReplica()).hasSize(1);
    assertThat(lag.together().accounting()).hasSize(1);
    assertThat(lag.together().percentiles()).hasSize(1);
    assertThat(lag.accountingByShard())
        .extracting(LagAccounting::shard)
        .containsExactly("h:1", "h:2");
  }

  @ParameterizedTest
  @CsvSource({
    "30, 10, 900, h:2",
    "30, 50, 20,  h:1",
    "30, -,  20,  h:1",
    "30, ?,  20,  h:2",
    "30, -,  -,   h:1"
  })
  void theWorstShardIsTheOneFurthestBehind(String all, String one, String two, String worst) {
    assertThat(lag(all, one, two).worstShard()).extracting(LagPercentile::shard).isEqualTo(worst);
  }

  @Test
  void whereThereIsOneShardNoneIsTheWorst() {
    assertThat(SampleRuns.largestLag(1.0, 2.0).worstShard()).isNull();
    assertThat(SampleRuns.largestLag(1.0, 2.0).accountingByShard()).isEmpty();
  }

  /** p99 in ms of all and of each shard; {@code -} open, {@code ?} of too few sentinels. */
  @ParameterizedTest(name = "{0}, {1} and {2} ms within {3} ms: {4}")
  @CsvSource({
    "30, 10, 20,  40, kept,   the p99 lag is at most 30.0 ms",
    "30, 10, 900, 40, broken, the p99 lag of shard h:2 is at most 900 ms",
    "30, 50, 20,  40, broken, the p99 lag of shard h:1 is at most 50.0 ms",
    "50, 50, 20,  40, broken, the p99 lag is at most 50.0 ms",
    "30, ?,  ?,   40, kept,   the p99 lag is at most 30.0 ms",
    "30, ?,  900, 40, broken, the p99 lag of shard h:2 is at most 900 ms",
    "30, -,  20,  40, untold, the p99 lag of shard h:1 is >= 1.00 ms"
  })
  void aLimitHoldsForEveryShardAndTheWorstIsNamed(
      String all, String one, String two, long allowed, String stands, String words) {
    Limit limit = Limit.maxLagP99(Duration.ofMillis(allowed), lag(all, one, two));
    assertThat(limit.kept())
        .isEqualTo(stands.equals("untold") ? null : Boolean.valueOf(stands.equals("kept")));
    assertThat(limit.words()).contains(words);
  }

  private static LagReport lag(String all, String one, String two) {
    List<LagPercentile> rows = new ArrayList<>();
    rows.add(row(all, null));
    rows.add(row(one, "h:1"));
    rows.add(row(two, "h:2"));
    return new LagReport(
        rows,
        List.of(accounting(30, 3, null), accounting(10, 1, "h:1"), accounting(20, 2, "h:2")),
        List.of(),
        List.of(),
        List.of(),
        null,
        List.of());
  }

  private static LagPercentile row(String millis, @Nullable String shard) {
    Double upper = millis.matches("\\d+") ? Double.valueOf(1e3 * Long.parseLong(millis)) : null;
    Double lower = millis.equals("?") ? null : Double.valueOf(upper == null ? 1000 : 0);
    return SampleRuns.percentile("probe", "99", upper, lower, upper, 10, null, null).ofShard(shard);
  }

  private static LagAccounting accounting(long all, long censored, @Nullable String shard) {
    return new LagAccounting(
        "probe", all, 0, 0, all - censored, censored, 0, 0, 0L, 0L, null, 0L, shard, null);
  }
}
