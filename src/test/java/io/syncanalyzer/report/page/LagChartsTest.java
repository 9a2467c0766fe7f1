package io.syncanalyzer.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.syncanalyzer.report.SampleRuns;
import io.syncanalyzer.report.files.Distributions;
import io.syncanalyzer.result.LagReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LagChartsTest {
  @TempDir Path scratch;

  @Test
  void theTimeAxisBeginsWithTheMainPhaseAndRunsOnThroughItsDrain() throws Exception {
    Charts.Spec spec =
        Objects.requireNonNull(LagCharts.overTime(SampleRuns.lag(1, 0), "", recorded(), Map.of()));

    assertThat(spec.x())
        .containsExactlyElementsOf(DoubleStream.iterate(0, x -> x + 1).limit(22).boxed().toList());
    assertThat(spec.series())
        .extracting(Charts.Series::label)
        .containsExactly(
            "load ops/s", "p50 upper, ms", "p50 lower, ms", "p99 upper, ms", "max upper, ms");
    for (int second = 0; second < 20; second++) {
      assertThat(spec.series().get(2).values().get(second)).isNotNull();
    }
  }

  @Test
  void aCurveEndsTenSentinelsBeforeTheLastAndWhereTheUnseenBegin() throws Exception {
    LagReport all = SampleRuns.lag(1, 0);
    LagReport half = SampleRuns.lag(1, 10_000);

    // 20,000 recorded: 10 of them lie beyond 3.3 nines; with as many unseen, half is beyond.
    assertThat(last(all)).isCloseTo(3.3, offset(0.06));
    assertThat(last(half)).isCloseTo(0.45, offset(0.06));
  }

  private double last(LagReport lag) throws Exception {
    Charts.Spec spec = Objects.requireNonNull(LagCharts.distribution(lag, recorded()));
    List<Double> values =
        spec.series().stream()
            .filter(series -> series.label().equals("load upper, ms"))
            .findFirst()
            .orElseThrow()
            .values();
    double last = -1;
    for (int i = 0; i < values.size(); i++) {
      last = values.get(i) == null ? last : spec.x().get(i);
    }
    return last;
  }

  private Distributions recorded() throws Exception {
    Path hlog = scratch.resolve("lag.hlog");
    SampleRuns.writeHlog(hlog);
    return Distributions.read(hlog);
  }
}
