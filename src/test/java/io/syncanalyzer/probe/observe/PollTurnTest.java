package io.syncanalyzer.probe.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.probe.cost.PollSpacing;
import io.syncanalyzer.probe.cost.ProbeBudget;
import io.syncanalyzer.probe.cost.QuestionCost;
import org.junit.jupiter.api.Test;

/** When it is the next poll's turn. */
class PollTurnTest {
  private static final int POLLS = 10;

  /** Found by the poll first or not: the replica had the work of telling. */
  @Test
  void everyPushIsPaidForWhoeverFoundItsSentinel() {
    assertThat(waits(3)).isGreaterThan(waits(0));
    assertThat(waits(6) - waits(3)).isEqualTo(waits(3) - waits(0));
  }

  private static long waits(int pushed) {
    ArrivalsRig rig = new ArrivalsRig().writes("0:20,20,21").runs("t30");
    QuestionCost cost = QuestionCost.ASSUMED;
    PollSpacing spacing = new PollSpacing(new ProbeBudget(100), cost);
    PollTurn turn = new PollTurn(rig.clockwork, spacing, rig.arrivals, rig.pushes);
    for (int poll = 0; poll < POLLS; poll++) {
      spacing.asked(rig.clockwork.now(), 1);
    }
    rig.pushes.keys = pushed;
    turn.waitNanos();
    turn.ended();
    return turn.waitNanos();
  }
}
