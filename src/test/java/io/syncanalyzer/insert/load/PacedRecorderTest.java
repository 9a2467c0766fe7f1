package io.syncanalyzer.insert.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.result.load.LoadRow;
import io.syncanalyzer.result.load.LoadSecond;
import io.syncanalyzer.scripted.ScriptedClock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * A load in steps: what is due to a lane, and what a step comes to, on a clock that is scripted.
 */
class PacedRecorderTest {
  private static final Endpoint HOST = Endpoint.parse(Side.SOURCE, "redis://h:1");
  private static final Set<LoadCommand> COMMANDS = EnumSet.of(LoadCommand.SET, LoadCommand.GET);
  private static final long MILLI = 1_000_000L;

  private final ScriptedClock clock = new ScriptedClock();
  private final LoadRecorder recorder = new LoadRecorder(clock, 2, COMMANDS, true);
  private final LanePace[] paces = {
    new LanePace(0, recorder.lane(0), clock), new LanePace(1, recorder.lane(1), clock)
  };

  @Test
  void aLaneIsToldWhatIsDueAndStandsStillWithoutAPace() {
    begin(0);
    assertThat(paces[0].due()).isZero();
    pace(1, 100);
    assertThat(paces[0].due()).isEqualTo(1);
    assertThat(paces[1].due()).isZero();
    clock.at(10);
    assertThat(paces[1].due()).isEqualTo(1);
    clock.at(1_000);
    assertThat(paces[0].due()).isEqualTo(51);
    assertThat(paces[1].due()).isEqualTo(50);
    paces[0].sent(16, clock.nanoTime());
    assertThat(paces[0].due()).isEqualTo(35);
    // The seventeenth of a lane that has one every 20 ms.
    assertThat(paces[0].intended(0)).isEqualTo(ScriptedClock.nanos(320));
    recorder.endStep();
    assertThat(paces[0].due()).isZero();
  }

  @Test
  void aLaneWaitsUntilItsNextIsDueAndNeverLong() {
    begin(0);
    pace(1, 100);
    paces[0].sent((int) paces[0].due(), clock.nanoTime());
    paces[0].awaitDue();
    assertThat(clock.nanoTime()).isEqualTo(ScriptedClock.nanos(20));
    pace(2, 1);
    paces[1].awaitDue();
    assertThat(paces[1].due()).isZero();
    assertThat(clock.nanoTime()).isEqualTo(ScriptedClock.nanos(70));
  }

  @Test
  void eachStepHasItsRowsAndWhatComesBackLateCountsToTheStepItWasSentIn() {
    begin(0);
    pace(1, 1_000);
    send(0, 100, 200);
    clock.at(1_000);
    pace(2, 2_000);
    // Lane 0 has not seen the second step yet; its replies are the first one's.
    clock.at(1_100);
    answer(0, 200, 0);
    send(1, 1_150, 100);
    answer(1, 100, 1_100);
    assertThat(recorder.lane(0).step().number()).isEqualTo(2);
    clock.at(1_500);
    recorder.endStep();
    JmhLoadSummary summary = recorder.finish();

    assertThat(summary.rows())
        .extracting(row -> row.command() + " " + row.step() + " " + row.asked().perS())
        .containsExactly("SET 1 1000", "Totals 1 1000", "SET 2 2000", "Totals 2 2000");
    assertThat(summary.rows()).extracting(LoadRow::count).containsExactly(200L, 200L, 100L, 100L);
    assertThat(summary.rows().get(1).opsPerS()).isCloseTo(200, within(0.01));
    assertThat(summary.rows().get(3).opsPerS()).isCloseTo(200, within(0.01));
    assertThat(summary.paces())
        .containsExactly(
            new JmhLoadSummary.Pace(1, 1_000, 1_000 * MILLI, 1_001, 200, 200),
            new JmhLoadSummary.Pace(2, 2_000, 500 * MILLI, 1_001, 100, 100));
    assertThat(summary.paces()).extracting(JmhLoadSummary.Pace::missed).containsExactly(801L, 901L);
    assertThat(summary.rows().get(1).intended().maxNanos()).isCloseTo(1_100e6, within(1.1e6));
  }

  @Test
  void aSecondBelongsToTheStepOfItsMiddle() {
    begin(0);
    pace(1, 10);
    clock.at(1_000);
    recorder.endSecond();
    clock.at(1_400);
    pace(2, 10);
    clock.at(2_000);
    recorder.endSecond();
    recorder.endStep();
    clock.at(3_000);
    recorder.endSecond();
    assertThat(recorder.finish().timeline())
        .extracting(LoadSecond::step)
        .containsExactly(1, 2, null);
  }

  @Test
  void progressTellsTheStepAndHowLateItIsAlsoWhileNothingIsSent() {
    begin(0);
    pace(3, 100);
    send(0, 0, 1);
    answer(0, 1, 0);
    recorder.lane(1).step();
    clock.at(1_000);
    JmhLoadProgress.Pace told = recorder.endSecond().pace();
    // What lane 1 ought to have sent at 10 ms is late by the rest of the second.
    assertThat(told).isEqualTo(new JmhLoadProgress.Pace(3, 100, 1_000 * MILLI, 1, 1, 990 * MILLI));
    recorder.endStep();
    clock.at(2_000);
    told = recorder.endSecond().pace();
    assertThat(told).isEqualTo(new JmhLoadProgress.Pace(3, 0, 1_000 * MILLI, 1, 1, 0));
  }

  @Test
  void aLoadOfThousandsOfStepsKeepsTheirRowsAndNoMore() {
    begin(0);
    for (int step = 1; step <= 5_000; step++) {
      pace(step, 1_000);
      send(0, step * 10, 1);
      answer(0, 1, step * 10);
      clock.at(step * 10 + 9);
    }
    JmhLoadSummary summary = recorder.finish();
    assertThat(summary.paces()).hasSize(5_000);
    assertThat(summary.rows()).hasSize(10_000);
    assertThat(summary.totals().count()).isEqualTo(5_000);
  }

  @Test
  void errorsAndBytesAreTheirStepsAndTheConnectionsInAll() {
    begin(0);
    pace(1, 10);
    LoadRecorder.Lane lane = recorder.lane(0);
    lane.step();
    lane.refused(LoadCommand.SET, "OOM", "OOM no more");
    lane.connectionError();
    lane.onTheWire(LoadCommand.SET, 100);
    clock.at(1_000);
    pace(2, 10);
    lane.step();
    lane.connectionError();
    clock.at(2_000);
    recorder.endSecond();
    JmhLoadSummary summary = recorder.finish();
    List<LoadRow> totals = summary.rows().stream().filter(LoadRow::isTotals).toList();
    assertThat(totals)
        .extracting(LoadRow::errors)
        .containsExactly(new LoadRow.Errors(1L, 1L), new LoadRow.Errors(1L, 0L));
    assertThat(totals.get(0).bytesPerS()).isCloseTo(100, within(0.01));
    assertThat(summary.totals().errors().connections()).isEqualTo(2);
    assertThat(summary.report(List.of()).warnings())
        .contains("2 connections of the load were lost or could not be made");
  }

  private void begin(double millis) {
    clock.at(millis);
    recorder.start();
  }

  private void pace(int step, long perSecond) {
    recorder.begin(step, perSecond, new PacedSchedule(perSecond, 2, 16));
  }

  private void send(int lane, double millis, int commands) {
    clock.at(millis);
    assertThat(recorder.lane(lane).step().schedule()).isNotNull();
    recorder.lane(lane).sent(commands, 0);
  }

  /** All of them now, sent and due at a moment. */
  private void answer(int lane, int commands, double since) {
    long moment = ScriptedClock.nanos(since);
    long now = clock.nanoTime();
    for (int i = 0; i < commands; i++) {
      recorder.lane(lane).answered(LoadCommand.SET, moment, moment, now, HOST);
    }
    recorder.lane(lane).repliedAt(now);
  }
}
