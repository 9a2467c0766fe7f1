package io.syncanalyzer.run.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.load.LoadEngine;
import io.syncanalyzer.load.memtier.MemtierLocation;
import io.syncanalyzer.load.memtier.Ramp;
import io.syncanalyzer.result.LoadReport;
import io.syncanalyzer.result.load.Latency;
import io.syncanalyzer.result.load.LoadRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SaturationTest {
  private static LoadSettings asked(OptionalLong rate, Optional<Ramp> ramp) {
    return new LoadSettings(
        LoadEngine.AUTO,
        OptionalInt.empty(),
        OptionalInt.empty(),
        rate,
        ramp,
        new LoadSettings.OfMemtier(
            new MemtierLocation.OnPath(), Optional.empty(), OptionalInt.empty(), List.of()),
        new LoadSettings.OfJmh(
            OptionalInt.empty(), OptionalLong.empty(), OptionalInt.empty(), List.of()));
  }

  private static final LoadSettings CLOSED = asked(OptionalLong.empty(), Optional.empty());

  private static LoadReport load(List<String> commandLine) {
    LoadRow totals =
        new LoadRow(
            "memtier",
            LoadRow.TOTALS,
            null,
            LoadRow.Asked.NOTHING,
            new LoadRow.Done(100L, 10.0),
            Latency.UNKNOWN,
            null,
            new LoadRow.Errors(0L, 0L));
    return new LoadReport(
        "memtier",
        null,
        null,
        List.of(commandLine),
        null,
        10.0,
        List.of(totals),
        List.of(),
        List.of(),
        List.of(),
        null);
  }

  private static Metered metered(@Nullable Double sourceCpu) {
    return new Metered(10, 100L, 0L, sourceCpu, Map.of(), Map.of(), Optional.empty());
  }

  @Test
  void aClosedLoopThatLeftTheSourceNoTimeIsToldWithTheCommandThatFindsTheRate() {
    assertThat(Saturation.warning(CLOSED, load(List.of("memtier_benchmark")), metered(0.97)))
        .hasValueSatisfying(
            line ->
                assertThat(line)
                    .contains("closed loop")
                    .contains("97 %")
                    .contains("`capacity`")
                    .doesNotContain("\n"));
  }

  @Test
  void aSourceThatCouldHaveDoneMoreWasNotSaturated() {
    assertThat(Saturation.warning(CLOSED, load(List.of()), metered(0.89))).isEmpty();
    assertThat(Saturation.warning(CLOSED, load(List.of()), metered(0.9))).isPresent();
    assertThat(Saturation.warning(CLOSED, load(List.of()), metered(null))).isEmpty();
  }

  @Test
  void aLoadAtARateIsNoClosedLoop() {
    Metered busy = metered(1.0);
    assertThat(
            Saturation.warning(asked(OptionalLong.of(10), Optional.empty()), load(List.of()), busy))
        .isEmpty();
    assertThat(
            Saturation.warning(
                asked(OptionalLong.empty(), Optional.of(Ramp.parse("1:5:1:2s"))),
                load(List.of()),
                busy))
        .isEmpty();
    assertThat(Saturation.warning(CLOSED, load(List.of("--rate-limiting=5")), busy)).isEmpty();
    assertThat(Saturation.warning(CLOSED, load(List.of("--rate-limiting", "5")), busy)).isEmpty();
  }

  @Test
  void whereNoLoadRanNoLoadSaturatedAnything() {
    assertThat(Saturation.warning(CLOSED, LoadReport.none(), metered(1.0))).isEmpty();
  }
}
