package io.syncanalyzer.probe.observe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SilenceTest {
  private static final long MS = 1_000_000;

  private final Silence silence = new Silence();

  @Test
  void whoWasNeverAskedIsNotSilent() {
    assertThat(silence.until(1_000_000 * MS)).isEqualTo(LagBounds.NOT_SILENT);
  }

  @Test
  void anAnswerOnItsWayIsNoSilenceUntilItIsOverdue() {
    silence.asked(10 * MS);
    assertThat(silence.until(110 * MS)).isEqualTo(LagBounds.NOT_SILENT);
    assertThat(silence.until(111 * MS)).isEqualTo(111 * MS);
  }

  @Test
  void aFarReplicaIsGivenSeveralOfItsRoundTripsAndTheLastOneIsTakenOff() {
    silence.asked(0);
    silence.answered(200 * MS);
    assertThat(silence.until(5000 * MS)).isEqualTo(LagBounds.NOT_SILENT);
    silence.asked(10_000 * MS);
    assertThat(silence.until(10_800 * MS)).isEqualTo(LagBounds.NOT_SILENT);
    assertThat(silence.until(11_000 * MS)).isEqualTo(10_800 * MS);
  }

  @Test
  void oneOfSeveralAnswersBeginsTheWaitAnew() {
    silence.asked(0);
    silence.heard(500 * MS);
    assertThat(silence.until(600 * MS)).isEqualTo(LagBounds.NOT_SILENT);
    assertThat(silence.until(700 * MS)).isEqualTo(700 * MS);
  }

  @Test
  void whoIsLostWhileNothingWasAskedIsSilentFromThenOn() {
    silence.lost(10 * MS, false);
    assertThat(silence.until(110 * MS)).isEqualTo(LagBounds.NOT_SILENT);
    assertThat(silence.until(5000 * MS)).isEqualTo(5000 * MS);
    silence.over();
    assertThat(silence.until(6000 * MS)).isEqualTo(LagBounds.NOT_SILENT);
  }

  @Test
  void whoIsLostWithAQuestionOpenIsSilentSinceThat() {
    silence.asked(10 * MS);
    silence.lost(500 * MS, false);
    assertThat(silence.until(300 * MS)).isEqualTo(300 * MS);
  }

  /** A connection that ended may have done so alone. */
  @Test
  void aSilenceOfWhichNobodyKnowsWhoseItIsProvesNothing() {
    silence.asked(10 * MS);
    silence.lost(20 * MS, true);
    assertThat(silence.until(5000 * MS)).isEqualTo(LagBounds.NOT_SILENT);
    assertThat(silence.untilIfTheReplicas(5000 * MS)).isEqualTo(5000 * MS);
    silence.isTheReplicas();
    assertThat(silence.until(5000 * MS)).isEqualTo(5000 * MS);
    silence.lost(20 * MS, true);
    silence.over();
    silence.asked(6000 * MS);
    assertThat(silence.until(7000 * MS)).isEqualTo(7000 * MS);
  }

  @Test
  void aNewConnectionEndsIt() {
    silence.asked(0);
    silence.over();
    assertThat(silence.until(9000 * MS)).isEqualTo(LagBounds.NOT_SILENT);
  }
}
