package io.syncanalyzer.result.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.result.figure.Figure;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A rate that was missed is told with by how much, and with what may help. */
class RateKeptTest {
  private static final String ADVICE =
      "; more --load-threads, a deeper --load-pipeline or another machine for the load may reach"
          + " it, unless the source itself takes no more";

  @Test
  void ofALoadWithoutARateNothingIsTold() {
    RateKept kept = RateKept.of(List.of(row(null, null, 4_000.0)));
    assertThat(kept.figures()).isEmpty();
    assertThat(kept.warning()).isEmpty();
  }

  @Test
  void aRateThatWasReachedIsAFigureAndNoWarning() {
    RateKept kept = RateKept.of(List.of(row(null, 4_000L, 3_960.0)));
    assertThat(kept.figures())
        .containsExactly(
            new Figure("load", "asked_ops_per_s", "4000", "1/s"),
            new Figure("load", "rate_reached", "99", "%"));
    assertThat(kept.warning()).isEmpty();
  }

  @Test
  void aRateThatWasMissedIsNeverRoundedUpToOneThatWasNot() {
    RateKept kept = RateKept.of(List.of(row(null, 100_000L, 98_999.0)));
    assertThat(kept.warning())
        .contains(
            "the load missed its rate: it reached 98,999/s of the 100,000/s asked for (98.9 %)"
                + ADVICE);
  }

  @Test
  void ofARampTheFirstStepThatMissedItIsNamedAndTheWorstIsTheFigure() {
    RateKept kept =
        RateKept.of(
            List.of(
                row(1, 1_000L, 1_000.0),
                row(2, 2_000L, 1_900.0),
                row(3, 3_000L, 1_500.0),
                // What one node of a cluster carried out was asked for by nobody.
                LoadRow.ofShard("jmh", "h:1", 7L, 5.0)));
    assertThat(kept.figures()).containsExactly(new Figure("load", "rate_reached", "50", "%"));
    assertThat(kept.warning())
        .contains(
            "the load missed its rate in 2 of 3 steps, first in step 2: it reached 1,900/s of the"
                + " 2,000/s asked for (95.0 %)"
                + ADVICE);
  }

  @Test
  void aRowWhoseRateIsNotKnownTellsNothing() {
    assertThat(RateKept.of(List.of(row(1, 1_000L, null))).warning()).isEmpty();
  }

  private static LoadRow row(
      @Nullable Integer step, @Nullable Long asked, @Nullable Double reached) {
    return new LoadRow(
        "jmh",
        LoadRow.TOTALS,
        null,
        new LoadRow.Asked(step, asked),
        new LoadRow.Done(null, reached),
        Latency.UNKNOWN,
        null,
        new LoadRow.Errors(null, null));
  }
}
