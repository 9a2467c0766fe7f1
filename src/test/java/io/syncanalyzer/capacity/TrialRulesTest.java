package io.syncanalyzer.capacity;

import static io.syncanalyzer.capacity.Measured.MS;
import static io.syncanalyzer.capacity.Measured.lag;
import static io.syncanalyzer.result.capacity.TrialOutcome.INVALID;
import static io.syncanalyzer.result.capacity.TrialOutcome.REFUTED;
import static io.syncanalyzer.result.capacity.TrialOutcome.SUSTAINED;
import static io.syncanalyzer.result.capacity.TrialOutcome.UNDECIDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.syncanalyzer.result.capacity.Slope;
import io.syncanalyzer.result.capacity.TrialOutcome;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TrialRulesTest {
  /** 50 ms at p99, 100 ms at most; the lag may grow by 50 ms a minute. */
  private static final TrialRules RULES = new TrialRules(50 * MS, 100 * MS, 0, 1_000 * MS);

  /** Nanoseconds a second. */
  private static final double LAG_BOUND = 50e6 / 60;

  /** Bytes a second: 0.05 s of the stream a minute. */
  private static final double GAP_BOUND = 1e6 * 0.05 / 60;

  private static Measured good() {
    return Measured.good();
  }

  private static Measured lagGrows(double low, double high) {
    return good().growth(new Slope(low, low, high), new Slope(0, 0, 0));
  }

  private static Measured gapGrows(double low, double high) {
    return good().growth(new Slope(0, 0, 0), new Slope(low, low, high));
  }

  private static Arguments row(String what, Measured trial, TrialOutcome outcome, String reason) {
    return Arguments.of(what, trial, outcome, reason);
  }

  static Stream<Arguments> rules() {
    Slope flat = new Slope(0, 0, 0);
    return Stream.of(
        row("all is well", good(), SUSTAINED, ""),
        // The load.
        row(
            "the load broke off",
            good().failed("the load broke off"),
            INVALID,
            "the load broke off"),
        row(
            "which comes before all else",
            good().failed("the load broke off").link(1, true),
            INVALID,
            "the load broke off"),
        row(
            "nobody counted the writes",
            good().rate(10_000, null, 1.0),
            INVALID,
            "how many writes the source carried out is not known"),
        row("99 % are enough", good().rate(10_000, 9_900.0, 0.5), SUSTAINED, ""),
        row(
            "less are not",
            good().rate(10_000, 9_899.0, 0.899),
            INVALID,
            "the generator reached 9,899 of 10,000 writes/s: use another machine or more"
                + " --load-threads"),
        row(
            "nor where the CPU is not known",
            good().rate(10_000, 8_000.0, null),
            INVALID,
            "the generator reached 8,000 of 10,000 writes/s: use another machine or more"
                + " --load-threads"),
        row(
            "a source that is saturated is the limit",
            good().rate(10_000, 9_899.0, 0.9),
            REFUTED,
            "the source carried out 9,899 of 10,000 writes/s at 90 % of a core: it is the limit"),
        row("more may have been written", good().rate(10_000, 12_000.0, 0.5), SUSTAINED, ""),
        row(
            "but what fails at more is not refuted",
            good().rate(10_000, 10_101.0, 0.5).recovered(null),
            INVALID,
            "more was written than was asked for, 10,101 of 10,000 writes/s: what had been held up"
                + " before, or by others, so that it is not known whether it was too much"),
        row(
            "it is at 1 % more",
            good().rate(10_000, 10_100.0, 0.5).recovered(null),
            REFUTED,
            "the lag was not back at the baseline within 1.00 s after the load"),
        row("a source may be saturated", good().rate(10_000, 9_900.0, 1.0), SUSTAINED, ""),
        row("two writes at the ends are not missed", good().rate(5, 73.0 / 15, 0.1), SUSTAINED, ""),
        row(
            "three are",
            good().rate(5, 72.0 / 15, 0.1),
            INVALID,
            "the generator reached 4.80 of 5 writes/s: use another machine or more --load-threads"),
        row(
            "sentinels that a saturated source held up",
            good().rate(10_000, 8_000.0, 0.95).probe(1_500, 900, null, null),
            REFUTED,
            "the source carried out 8,000 of 10,000 writes/s at 95 % of a core: it is the limit"),
        // The link.
        row("a full resync", good().link(1, false), REFUTED, "1 full resync"),
        row(
            "a full resync slows the source too",
            good().link(2, true).rate(10_000, 8_000.0, 0.2),
            REFUTED,
            "2 full resyncs; the replica lost its link to the source"),
        // The probe.
        row("99 % of the sentinels", good().probe(1_500, 1_485, MS, MS), SUSTAINED, ""),
        row(
            "less",
            good().probe(1_500, 1_484, MS, MS),
            INVALID,
            "the probe sent 1,484 of 1,500 sentinels"),
        row("pauses that are not known", good().probe(1_500, 1_500, null, null), SUSTAINED, ""),
        row("pauses at the limit", good().probe(1_500, 1_500, 50 * MS, 50 * MS), SUSTAINED, ""),
        row(
            "longer ones at p99",
            good().probe(1_500, 1_500, 50 * MS + 1, 60 * MS),
            INVALID,
            "the probe itself paused for 50.1 ms at p99, above 50.0 ms"),
        row("1 % of the time at once", good().probe(1_500, 1_500, MS, 150 * MS), SUSTAINED, ""),
        row(
            "more",
            good().probe(1_500, 1_500, MS, 150 * MS + 1),
            INVALID,
            "the probe itself paused for 151 ms, so that no lag could be seen"),
        row(
            "a pause as long as the largest lag allowed may have made it",
            good()
                .probe(1_500, 1_500, MS, 100 * MS + 1)
                .with(lag(20 * MS, MS, 101 * MS, MS, 1_500, 0)),
            INVALID,
            "the probe itself paused for 101 ms, so that no lag could be seen"),
        row(
            "a thousand samples",
            good().with(lag(20 * MS, MS, 40 * MS, MS, 1_000, 0)),
            SUSTAINED,
            ""),
        row(
            "fewer",
            good().with(lag(null, null, 40 * MS, MS, 999, 0)),
            INVALID,
            "999 sentinels, and it takes 1,000: use a longer --trial or a higher --sentinel-rate"),
        // The lag.
        row(
            "p99 at its limit",
            good().with(lag(50 * MS, MS, 60 * MS, MS, 1_500, 0)),
            SUSTAINED,
            ""),
        row(
            "above it",
            good().with(lag(50 * MS + 1, MS, 60 * MS, MS, 1_500, 0)),
            REFUTED,
            "p99 lag 50.1 ms, above 50.0 ms"),
        row(
            "open, and above it by its lower bound",
            good().with(lag(null, 50 * MS + 1, 60 * MS, MS, 1_500, 0)),
            REFUTED,
            "p99 lag >= 50.000001 ms, above 50.0 ms"),
        row(
            "open, and not above it",
            good().with(lag(null, 50 * MS, 60 * MS, MS, 1_500, 0)),
            UNDECIDED,
            "the p99 lag is open: among it are sentinels never seen"),
        row(
            "the largest at its limit",
            good().with(lag(MS, MS, 100 * MS, MS, 1_500, 0)),
            SUSTAINED,
            ""),
        row(
            "above it",
            good().with(lag(MS, MS, 250 * MS, MS, 1_500, 0)),
            REFUTED,
            "largest lag 250 ms, above 100 ms"),
        row(
            "open, and not above it",
            good().with(lag(MS, MS, null, MS, 1_500, 0)),
            UNDECIDED,
            "the largest lag is open: sentinels were never seen"),
        row(
            "a sentinel lost",
            good().with(lag(MS, MS, 9 * MS, MS, 1_500, 1)),
            REFUTED,
            "1 sentinel never seen"),
        row(
            "both limits, both told",
            good().with(lag(60 * MS, MS, 250 * MS, MS, 1_500, 0)),
            REFUTED,
            "p99 lag 60.0 ms, above 50.0 ms; largest lag 250 ms, above 100 ms"),
        // Growth.
        row("the lag's growth below its bound", lagGrows(-9e9, LAG_BOUND - 1), SUSTAINED, ""),
        row(
            "its upper limit at the bound",
            lagGrows(0, LAG_BOUND),
            UNDECIDED,
            "the lag grew by 0.00 us/s to 833 us/s, about 833 us/s"),
        row(
            "its lower limit at the bound",
            lagGrows(LAG_BOUND, 2e6),
            UNDECIDED,
            "the lag grew by 833 us/s to 2,000 us/s, about 833 us/s"),
        row(
            "above it",
            lagGrows(1e6, 2e6),
            REFUTED,
            "the lag grew by 1,000 us/s at least, above 833 us/s"),
        row(
            "too few seconds",
            good().growth(null, flat),
            UNDECIDED,
            "whether the lag grew could not be told: too few seconds"),
        row("the gap's growth below its bound", gapGrows(-9e9, GAP_BOUND - 1), SUSTAINED, ""),
        row(
            "its limits around the bound",
            gapGrows(100, 900),
            UNDECIDED,
            "the offset gap grew by 100 bytes/s to 900 bytes/s, about 833 bytes/s"),
        row(
            "above it",
            gapGrows(900, 950),
            REFUTED,
            "the offset gap grew by 900 bytes/s at least, above 833 bytes/s"),
        row(
            "no gap though there are offsets",
            good().growth(flat, null),
            UNDECIDED,
            "whether the offset gap grew could not be told: too few seconds"),
        row(
            "no stream though there are offsets",
            good().stream(true, null),
            UNDECIDED,
            "whether the offset gap grew could not be told: too few seconds"),
        row("no offsets, no gap", good().growth(flat, null).stream(false, null), SUSTAINED, ""),
        row(
            "what is refuted is not undecided",
            lagGrows(0, 2e6).with(lag(MS, MS, 9 * MS, MS, 1_500, 1)),
            REFUTED,
            "1 sentinel never seen"),
        // Recovery.
        row("recovered just in time", good().recovered(1_000 * MS), SUSTAINED, ""),
        row(
            "too late",
            good().recovered(1_000 * MS + 1),
            REFUTED,
            "the lag was not back at the baseline within 1.00 s after the load"),
        row(
            "not at all",
            good().recovered(null),
            REFUTED,
            "the lag was not back at the baseline within 1.00 s after the load"));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("rules")
  void aTrialSaysOfItsRate(String what, Measured trial, TrialOutcome outcome, String reason) {
    assertThat(RULES.judge(trial.trial())).isEqualTo(new TrialVerdict(outcome, reason));
  }

  static Stream<Arguments> prolonging() {
    return Stream.of(
        Arguments.of("sustained", good(), false),
        Arguments.of("not recovered yet", good().recovered(null), false),
        Arguments.of("growth unsure", lagGrows(0, 2e6).recovered(null), true),
        Arguments.of("both growths unsure", good().growth(null, null), true),
        Arguments.of("growth sure", lagGrows(1e6, 2e6), false),
        Arguments.of("refuted beside", lagGrows(0, 2e6).link(1, false), false),
        Arguments.of("invalid beside", lagGrows(0, 2e6).rate(10_000, 1.0, 0.1), false),
        Arguments.of(
            "an open p99 beside",
            lagGrows(0, 2e6).with(lag(null, MS, 9 * MS, MS, 1_500, 0)),
            false));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("prolonging")
  void aTrialIsProlongedForItsGrowthAlone(String what, Measured trial, boolean worth) {
    assertThat(RULES.worthProlonging(trial.trial())).isEqualTo(worth);
  }

  @Test
  void withoutALimitOfP99TheLargestIsTheMeasureAndOneSampleEnough() {
    TrialRules rules = new TrialRules(null, 60 * MS, 3, 1_000 * MS);

    assertThat(Growing.lagBound(rules)).isEqualTo(MS);
    assertThat(rules.judge(good().with(lag(null, null, 60 * MS, MS, 1, 0)).trial()).outcome())
        .isEqualTo(SUSTAINED);
    assertThat(rules.judge(good().with(lag(null, null, null, null, 0, 0)).trial()).outcome())
        .isEqualTo(INVALID);
    assertThat(rules.judge(good().with(lag(null, null, 9 * MS, MS, 10, 3)).trial()).outcome())
        .isEqualTo(SUSTAINED);
  }

  @Test
  void theGapsBoundIsTheShareOfTheLagsAndNeverLessThanTwoLooksApart() {
    TrialRules tight = new TrialRules(MS, null, 0, 1_000 * MS);

    assertThat(Growing.gapBound(RULES, 1e6, 15)).isCloseTo(GAP_BOUND, within(1e-9));
    assertThat(Growing.gapBound(tight, 1e6, 10)).isCloseTo(1_000, within(1e-9));
    assertThat(Growing.gapBound(tight, 1e6, 40)).isCloseTo(250, within(1e-9));
  }

  static Stream<Arguments> impossible() {
    return Stream.of(
        Arguments.of(null, null, 0, 1),
        Arguments.of(0L, null, 0, 1),
        Arguments.of(1L, 0L, 0, 1),
        Arguments.of(1L, 1L, -1, 1),
        Arguments.of(1L, 1L, 0, 0));
  }

  @ParameterizedTest
  @MethodSource("impossible")
  void rulesThatNothingCanHoldAreRefused(
      @Nullable Long maxLagP99, @Nullable Long maxLag, long maxLost, long recoverWithin) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TrialRules(maxLagP99, maxLag, maxLost, recoverWithin));
  }
}
