package io.syncanalyzer.result.lag;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.result.figure.Figure;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The line of what the probe cost. */
class ProbePriceTest {
  private static final List<Figure> ALL =
      List.of(
          percent("load" + ProbePrice.BUDGET, 2),
          Figure.of("lag", "load" + ProbePrice.POLLS, 387.4, "1/s"),
          Figure.of("lag", "load" + ProbePrice.SPACING_P50, 1100.0, "us"),
          Figure.of("lag", "load" + ProbePrice.SPACING_P99, 2145.0, "us"),
          percent("load" + ProbePrice.ASKING, 1.64),
          percent("load" + ProbePrice.APPLYING, 2.6),
          percent("load" + ProbePrice.WRITING, 3.4),
          percent("load" + ProbePrice.REPLICA, 13.5),
          percent("load" + ProbePrice.SOURCE, 24.2));

  private static Figure percent(String metric, double value) {
    return Figure.of("lag", metric, value, "percent");
  }

  @Test
  void itTellsTheCostOnBothSidesOfWhatWasUsedAndTheDistanceOfThePolls() {
    assertThat(ProbePrice.words(ALL, "load"))
        .hasValue(
            "the probe took 1.6 % of a core of the replica to look (budget 2.0 %, 387 polls/s) and"
                + " at most 2.6 % to apply sentinels, of 14 % in use; of the source at most 3.4 %,"
                + " of 24 % in use; its polls came p50 1.10 ms and p99 2.15 ms apart while"
                + " sentinels were outstanding");
  }

  @Test
  void whatIsUnknownIsNotTold() {
    assertThat(ProbePrice.words(without(ProbePrice.APPLYING, ProbePrice.REPLICA), "load"))
        .hasValue(
            "the probe took 1.6 % of a core of the replica to look (budget 2.0 %, 387 polls/s); of"
                + " the source at most 3.4 %, of 24 % in use; its polls came p50 1.10 ms and p99"
                + " 2.15 ms apart while sentinels were outstanding");
    assertThat(
            ProbePrice.words(
                without(
                    ProbePrice.BUDGET,
                    ProbePrice.SOURCE,
                    ProbePrice.WRITING,
                    ProbePrice.SPACING_P50,
                    ProbePrice.SPACING_P99),
                "load"))
        .hasValue(
            "the probe took 1.6 % of a core of the replica to look (without a budget, 387 polls/s)"
                + " and at most 2.6 % to apply sentinels, of 14 % in use");
    List<Figure> hidden = new ArrayList<>(without(ProbePrice.WRITING));
    hidden.add(new Figure("lag", "load" + ProbePrice.WRITING, "", "percent"));
    assertThat(ProbePrice.words(hidden, "load").orElseThrow())
        .contains("; of the source an unknown part of 24 % in use;");
  }

  @Test
  void ofARunThatDidNotMeasureItThereIsNoLine() {
    assertThat(ProbePrice.words(ALL, "probe")).isEmpty();
    assertThat(ProbePrice.words(without(ProbePrice.ASKING), "load")).isEmpty();
    assertThat(ProbePrice.words(without(ProbePrice.POLLS), "load")).isEmpty();
  }

  private static List<Figure> without(String... metrics) {
    return ALL.stream()
        .filter(figure -> !List.of(metrics).contains(figure.metric().substring("load".length())))
        .toList();
  }
}
