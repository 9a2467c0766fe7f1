package io.syncanalyzer.result.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicaTotalsTest {
  private static ReplicaTotals of(
      String replica, long mismatched, long unsettled, @Nullable String why, boolean failed) {
    return new ReplicaTotals(
        replica, failed ? null : 10L, 5, mismatched, unsettled, 0, why, failed);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, , false, equal",
    "3, 0, , false, other",
    "0, 1, , false, other",
    "0, 0, stopped, false, other",
    "0, 0, away, true, other"
  })
  void anythingIsWorseThanEqual(
      long mismatched, long unsettled, @Nullable String why, boolean failed, String worst) {
    List<ReplicaTotals> all =
        List.of(of("equal", 0, 0, null, false), of("other", mismatched, unsettled, why, failed));
    assertThat(ReplicaTotals.worst(all).map(ReplicaTotals::replica).orElse("equal"))
        .isEqualTo(worst);
  }

  @Test
  void withoutAResultIsWorseThanDifferentAndThatWorseThanNotComplete() {
    ReplicaTotals failed = of("failed", 0, 0, "away", true);
    ReplicaTotals many = of("many", 9, 0, null, false);
    ReplicaTotals some = of("some", 1, 5, "stopped", false);
    ReplicaTotals unsettled = of("unsettled", 0, 9, null, false);
    assertThat(ReplicaTotals.worst(List.of(unsettled, some, many, failed))).hasValue(failed);
    assertThat(ReplicaTotals.worst(List.of(some, many, unsettled))).hasValue(many);
    assertThat(ReplicaTotals.worst(List.of(unsettled, some))).hasValue(some);
  }

  @Test
  void itIsToldInWords() {
    assertThat(of("a", 0, 0, null, false).words()).isEqualTo("5 equal");
    assertThat(of("a", 2, 1, "stopped", false).words())
        .isEqualTo("5 equal, 2 mismatched, 1 unsettled; not complete: stopped");
    assertThat(of("a", 0, 0, "away", true).words()).isEqualTo("no result: away");
  }

  @Test
  void whereKeysWereOnlyCountedTheirNumberIsTold() {
    assertThat(new ReplicaTotals("a", 10L, 0, 0, 0, 0, null, false).words()).isEqualTo("10 keys");
    assertThat(new ReplicaTotals("a", 0L, 0, 0, 0, 0, null, false).words()).isEqualTo("0 equal");
  }
}
