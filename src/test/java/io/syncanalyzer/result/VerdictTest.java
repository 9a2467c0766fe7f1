package io.syncanalyzer.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.report.SampleRuns;
import io.syncanalyzer.result.lag.LagAccounting;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.result.verify.VerifyReport;
import io.syncanalyzer.result.verify.VerifyRow;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
  @Test
  void whereSeveralHoldTheForemostIsTheStatus() {
    EnumSet<ExitStatus> holding = EnumSet.allOf(ExitStatus.class);
    holding.remove(ExitStatus.USAGE);

    for (int code : new int[] {130, 5, 1, 3, 4, 0}) {
      ExitStatus foremost = ExitStatus.foremost(holding);
      assertThat(foremost.code()).isEqualTo(code);
      holding.remove(foremost);
    }
    assertThat(ExitStatus.foremost(List.of())).isEqualTo(ExitStatus.ALL_EQUAL);
  }

  @Test
  void aWholeRunInWhichAllIsEqualSaysSoInWords() {
    Verdict verdict = SampleRuns.whole("r").build().verdict();

    assertThat(verdict.status()).isEqualTo(ExitStatus.ALL_EQUAL);
    assertThat(verdict.headline())
        .isEqualTo(
            "Equal. p99 lag between 0.55 and 0.97 ms at 41,000 writes/s; drained in 0.21 s.");
    assertThat(verdict.complete()).isTrue();
    assertThat(verdict.reasons()).isEmpty();
  }

  /** The lag is of those that were sent: where the rate was missed, how many were not is said. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "20000 | 0     | at 41,000",
        "20000 | 200   | at 41,000",
        "20000 | 201   | (of 19,799 of 20,000 scheduled sentinels: 1 % were never sent) at 41,000",
        "20000 | 19400 | (of 600 of 20,000 scheduled sentinels: 97 % were never sent) at 41,000",
        "20000 | 19999 | (of 1 of 20,000 scheduled sentinels: 99.9 % were never sent) at 41,000",
      })
  void whatWasNeverSentStandsBesideTheLag(long scheduled, long unsent, String says) {
    LagReport lag = SampleRuns.lag(1, 0);
    List<LagAccounting> accounting =
        lag.accounting().stream()
            .map(row -> row.phase().equals(LagReport.LOAD) ? missed(row, scheduled, unsent) : row)
            .toList();
    Verdict verdict =
        SampleRuns.whole("r")
            .lag(
                new LagReport(
                    lag.percentiles(),
                    accounting,
                    lag.timeline(),
                    lag.figures(),
                    lag.warnings(),
                    lag.incomplete(),
                    lag.roundTrips()))
            .build()
            .verdict();

    assertThat(verdict.headline()).contains("p99 lag between 0.55 and 0.97 ms " + says);
    assertThat(verdict.status()).isEqualTo(ExitStatus.ALL_EQUAL);
  }

  private static LagAccounting missed(LagAccounting row, long scheduled, long unsent) {
    return new LagAccounting(
        row.phase(), scheduled, unsent, 0, scheduled - unsent, 0, 0, 0, unsent, 0L, null, 0L);
  }

  @Test
  void aLagNearTheFloorIsCalledSoAndNoNumber() {
    Verdict verdict = SampleRuns.whole("r").lag(SampleRuns.lag(0.3, 0)).build().verdict();

    assertThat(verdict.headline())
        .contains("p99 lag at the floor (at most 0.29 ms; the probe alone takes 0.28 ms)");
  }

  @Test
  void mismatchesComeBeforeABrokenLimitAndBothAreSaid() {
    LagReport lag = SampleRuns.lag(1, 0);
    Verdict verdict =
        SampleRuns.whole("r")
            .verify(SampleRuns.different())
            .limits(List.of(Limit.maxLagP99(Duration.ofNanos(500_000), lag)))
            .build()
            .verdict();

    assertThat(verdict.status()).isEqualTo(ExitStatus.MISMATCHES);
    assertThat(verdict.headline())
        .startsWith("Not equal: 12 keys differ (3 missing on replica, 9 value differs).");
    assertThat(verdict.reasons())
        .containsExactly(
            "12 keys differ (3 missing on replica, 9 value differs)",
            "the p99 lag is at most 0.97 ms, --max-lag-p99 allows 0.50 ms (1.9 times)");
    assertThat(verdict.complete()).isTrue();
  }

  @Test
  void sentinelsNeverSeenMakeItIncompleteAndALimitOnThemBreaksIt() {
    LagReport lag = SampleRuns.lag(1, 3);

    Verdict without = SampleRuns.whole("r").lag(lag).limits(List.of()).build().verdict();
    Verdict with =
        SampleRuns.whole("r").lag(lag).limits(List.of(Limit.maxLost(2, lag))).build().verdict();

    assertThat(without.status()).isEqualTo(ExitStatus.INCOMPLETE);
    assertThat(without.headline())
        .startsWith("Incomplete: 3 of 20,000 load sentinels never seen on the replica.");
    assertThat(with.status()).isEqualTo(ExitStatus.LIMIT_BROKEN);
    assertThat(with.reasons().get(0)).isEqualTo("3 sentinels never seen, --max-lost allows 2");
  }

  @Test
  void whatTheFloorNeverSawWasNotThereOnTheSource() {
    LagReport lag = SampleRuns.lag(1, 3);
    LagAccounting load = lag.accounting().get(lag.accounting().size() - 1);
    LagAccounting floor =
        new LagAccounting(
            LagReport.FLOOR,
            load.scheduled(),
            load.writeFailed(),
            load.writeUnknown(),
            load.observed(),
            load.censored(),
            load.warmupExcluded(),
            load.outOfOrder(),
            load.unsent(),
            load.unknownSeen(),
            load.replica(),
            load.seenAfterOutage());
    LagReport ofFloor =
        new LagReport(
            lag.percentiles(),
            List.of(floor),
            lag.timeline(),
            lag.figures(),
            lag.warnings(),
            lag.incomplete(),
            lag.roundTrips());

    assertThat(SampleRuns.whole("r").lag(ofFloor).limits(List.of()).build().verdict().headline())
        .startsWith("Incomplete: 3 of 20,000 floor sentinels never seen on the source");
  }

  /** Bounds of the largest lag in ms; an upper one of {@code -} is open, a lower one unknown. */
  @ParameterizedTest
  @CsvSource({
    // lower, upper, limit, how it stands
    "10,  20,  20, kept",
    "10,  20,  19, broken",
    "10,   -,   9, broken", // its lower bound alone breaks it
    "10,   -,  10, unknown",
    "10,   -,  11, unknown",
    "0,    -,   0, unknown",
    "-,    -,  10, unknown",
    "-,   20,  20, kept",
  })
  void aLimitIsHeldAgainstTheUpperBoundAndWhereThatIsOpenAgainstTheLower(
      String lower, String upper, long limitMillis, String stands) {
    LagReport lag = SampleRuns.largestLag(micros(lower), micros(upper));

    Limit limit = Limit.maxLag(Duration.ofMillis(limitMillis), lag);

    Boolean kept = limit.kept();
    assertThat(kept == null ? "unknown" : kept ? "kept" : "broken").isEqualTo(stands);
    assertThat(Limit.maxLagP99(Duration.ofMillis(limitMillis), null).kept()).isNull();
  }

  @Test
  void anOpenLagIsSaidToBeAtLeastItsLowerBound() {
    LagReport lag = SampleRuns.largestLag(7_000_000.0, null);

    Limit broken = Limit.maxLag(Duration.ofSeconds(2), lag);
    Limit unknown = Limit.maxLag(Duration.ofSeconds(9), lag);

    assertThat(broken.words())
        .isEqualTo("the largest lag is at least 7.00 s, --max-lag allows 2.00 s (3.5 times)");
    assertThat(broken.measured()).isEqualTo(">= 7.00 s");
    assertThat(unknown.words())
        .isEqualTo(
            "--max-lag 9.00 s cannot be told: the largest lag is >= 7.00 s, for it reaches into"
                + " sentinels that were never seen");
    assertThat(Headline.lag(lag))
        .isEqualTo("largest lag >= 7.00 s (not seen until then, so at least that)");
  }

  /** The largest lags of two replicas in ms, as above. */
  @ParameterizedTest
  @CsvSource({
    // lower, upper, lower, upper, limit, how it stands
    "1000, -,  0, 60000, 10000, broken", // of the one that is open nothing can be told
    "1000, -,  0, 10000, 10000, unknown",
    "0,  900,  0,   800, 10000, kept",
    "20000, -, 1000, -,  10000, broken",
  })
  void aLimitThatOneReplicaBreaksIsBrokenWhateverIsKnownOfAnother(
      String lower,
      String upper,
      String otherLower,
      String otherUpper,
      long millis,
      String stands) {
    LagReport both =
        SampleRuns.ofReplicas(
            SampleRuns.largestLag(micros(lower), micros(upper)),
            SampleRuns.largestLag(micros(otherLower), micros(otherUpper)));

    Boolean kept = Limit.maxLag(Duration.ofMillis(millis), both).kept();

    assertThat(kept == null ? "unknown" : kept ? "kept" : "broken").isEqualTo(stands);
  }

  private static @Nullable Double micros(String millis) {
    return millis.equals("-") ? null : Double.valueOf(1000 * Double.parseDouble(millis));
  }

  @Test
  void keysThatStayedUnsettledOrUnreadableAreNotEqual() {
    VerifyReport equal = SampleRuns.equal(10_000);
    VerifyReport verify =
        new VerifyReport(
            equal.scope(),
            equal.mode(),
            equal.fence(),
            1.0,
            10_002L,
            10_002L,
            10_002L,
            List.of(
                new VerifyRow("string", KeyVerdict.UNSETTLED, 1, null, null),
                new VerifyRow("unknown", KeyVerdict.UNREADABLE, 1, null, null)),
            List.of(),
            List.of(),
            List.of(),
            null);

    Verdict verdict = SampleRuns.whole("r").verify(verify).build().verdict();

    assertThat(verdict.status()).isEqualTo(ExitStatus.INCOMPLETE);
    assertThat(verdict.reasons())
        .containsExactly("1 key kept changing and stayed unsettled", "1 key could not be read");
  }

  @Test
  void aRunThatLacksAPartItOwesIsIncompleteNeverEqual() {
    Verdict verdict = SampleRuns.whole("r").verify(null).build().verdict();

    assertThat(verdict.status()).isEqualTo(ExitStatus.INCOMPLETE);
    assertThat(verdict.complete()).isFalse();
    assertThat(verdict.why()).isEqualTo("the verification did not run");
    assertThat(verdict.headline()).doesNotContain("Equal");
  }

  @Test
  void interruptionComesFirstAndKeepsWhatFailed() {
    Verdict verdict =
        SampleRuns.bare("r", "load-and-verify")
            .failure("lost the connection")
            .interruptedIn("the load")
            .build()
            .verdict();

    assertThat(verdict.status()).isEqualTo(ExitStatus.INTERRUPTED);
    assertThat(verdict.headline())
        .isEqualTo("Interrupted in the load; what was measured until then is kept.");
    assertThat(verdict.reasons()).contains("lost the connection");
    assertThat(verdict.why()).isEqualTo("interrupted in the load");
  }

  @Test
  void otherCommandsSpeakOfWhatTheyDid() {
    assertThat(headline(SampleRuns.bare("r", "probe").lag(SampleRuns.lag(1, 0))))
        .isEqualTo("Measured. p99 lag between 0.55 and 0.97 ms.");
    assertThat(headline(SampleRuns.bare("r", "load").load(SampleRuns.load(41_000))))
        .isEqualTo("Loaded. 41,000 writes/s.");
    assertThat(headline(SampleRuns.bare("r", "verify").verify(SampleRuns.equal(0))))
        .isEqualTo("Equal: no key was there to compare.");
  }

  @Test
  void accountingThatDoesNotAddUpIsRefused() {
    assertThatThrownBy(
            () -> new LagAccounting("load", 10, 1, 1, 5, 2, 0, 0, null, null, null, null))
        .hasMessageContaining("does not add up");
  }

  private static String headline(RunReportBuilder run) {
    return run.finished(SampleRuns.START, 1).build().verdict().headline();
  }
}
