package io.syncanalyzer.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.probe.LagRows;
import io.syncanalyzer.report.SampleRuns;
import io.syncanalyzer.report.page.Charts.Mark;
import io.syncanalyzer.result.LagReport;
import io.syncanalyzer.result.lag.LagSecond;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimeMarksTest {
  private static final long MILLI = 1_000_000L;

  @Test
  void everyKindHasAMarkOfItsOwnAndNeighboursAreOne() {
    LagReport lag = SampleRuns.lag(1, 0);
    List<LagSecond> rows =
        List.of(
            row(0, 0, true, 0, 100.0),
            row(1, 0, false, 1, 100.0),
            row(2, 0, false, 0, 90.0),
            row(3, 50 * MILLI, true, 0, 94.0),
            row(4, 0, false, 0, 99.0));
    assertThat(TimeMarks.of(lag, "", rows, Map.of(0, 100L)))
        .containsExactly(
            new Mark("2 episodes of lag", 4, "band", List.of(11L, 18L), List.of(12L, 20L)),
            new Mark("full resync (1)", 2, "triangle", List.of(1L), List.of(2L)),
            new Mark("link lost (2)", 6, "cross", List.of(1L, 4L), List.of(3L, 5L)),
            new Mark("pause of the probe (1)", 3, "bars", List.of(3L), List.of(4L)),
            new Mark("load below the rate asked for (1)", 5, "diamond", List.of(2L), List.of(4L)));
  }

  @Test
  void ofALoadWithoutARateAndAnotherReplicaThereIsNone() {
    List<LagSecond> rows = List.of(row(0, 0, true, 0, 1.0));
    assertThat(TimeMarks.of(SampleRuns.lag(1, 0), "r:1", rows, Map.of())).isEmpty();
  }

  private static LagSecond row(long second, long pause, boolean up, long resyncs, double load) {
    return LagRows.second(second, 60 * MILLI, 0L, pause, 0, 0, up, resyncs, true)
        .besides(load, null, null);
  }
}
