package io.syncanalyzer.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.report.SampleRuns;
import io.syncanalyzer.report.compare.Metric;
import io.syncanalyzer.report.files.Figures;
import io.syncanalyzer.report.files.RunsTable;
import io.syncanalyzer.result.figure.Figure;
import io.syncanalyzer.result.figure.Reading;
import io.syncanalyzer.result.load.CommandKind;
import io.syncanalyzer.result.load.Latency;
import io.syncanalyzer.result.load.LoadRow;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LoadMixTest {
  @Test
  void aLoadThatOnlyWritesIsWrites() {
    assertThat(LoadMix.words(load(row("SET", "write", 400, null), row("HSET", "write", 600, null))))
        .isEqualTo("1,000 writes/s");
  }

  @Test
  void aLoadThatOnlyReadsIsNoWrites() {
    LoadReport load = load(row("GET", "read", 178_842, null));

    assertThat(LoadMix.words(load)).isEqualTo("178,842 reads/s, no write");
    assertThat(total(load).writes()).isZero();
    assertThat(total(load).writesPerS()).isZero();
  }

  @Test
  void bothAreToldApart() {
    LoadReport load = load(row("SET", "write", 64_612, null), row("GET", "read", 258_434, null));

    assertThat(LoadMix.words(load))
        .isEqualTo("323,046 commands/s (64,612 writes/s, 258,434 reads/s)");
    assertThat(total(load).writes()).isEqualTo(129_224);
    assertThat(total(load).reads()).isEqualTo(516_868);
  }

  @Test
  void scriptsAreNeither() {
    assertThat(LoadMix.words(load(row("SET", "write", 10, null), row("EVAL", "other", 90, null))))
        .isEqualTo("100 commands/s (10 writes/s, 0 reads/s, the others neither)");
  }

  @Test
  void aCommandOfUnknownKindLeavesTheWholeUnknown() {
    LoadReport load = load(row("SET", "write", 10, null), row("JSON.SET", null, 90, null));

    assertThat(LoadMix.words(load)).isEqualTo("100 commands/s (writes and reads not told apart)");
    assertThat(total(load).writes()).isNull();
    assertThat(total(load).readsPerS()).isNull();
  }

  @Test
  void aRampIsItsStepsAndItsMeanRateLeavesThePausesOut() {
    LoadReport load =
        load(
            row("SET", "write", 1000, 1),
            row("GET", "read", 3000, 1),
            row("SET", "write", 2000, 2),
            row("GET", "read", 6000, 2));

    assertThat(LoadMix.words(load))
        .isEqualTo(
            "2 steps of 4,000 to 8,000 commands/s (1,000 to 2,000 writes/s, 3,000 to 6,000 reads/s)");
    assertThat(load.steps()).extracting(LoadRow::writesPerS).containsExactly(1000.0, 2000.0);
    // Two seconds each, though the load took a minute with its pauses.
    assertThat(total(load).opsPerS()).isCloseTo(6000, Offset.offset(0.01));
    assertThat(total(load).writesPerS()).isCloseTo(1500, Offset.offset(0.01));
  }

  @Test
  void aStepThatDidNothingKeepsNoMeanFromBeingUnknown() {
    LoadReport load = load(row("SET", "write", 1000, 1), row("SET", "write", 0, 2));

    assertThat(total(load).opsPerS()).isNull();
    assertThat(total(load).count()).isEqualTo(2000);
  }

  @Test
  void whereOnlyTheSumIsKnownNothingIsToldApart() {
    LoadReport load = load();

    assertThat(LoadMix.words(load)).isEqualTo("0 commands/s (writes and reads not told apart)");
  }

  @Test
  void headlineScreenSummaryRunsJUnitAndComparisonSayTheSame() {
    RunReport run =
        SampleRuns.whole("r")
            .load(load(row("SET", "write", 64_612, null), row("GET", "read", 258_434, null)))
            .build();

    assertThat(run.verdict().headline())
        .contains("at 323,046 commands/s (64,612 writes/s, 258,434 reads/s)");
    assertThat(Figures.of(run))
        .contains(Figure.of("load", "writes_per_s", 64_612.0, "1/s"))
        .contains(Figure.of("load", "reads_per_s", 258_434.0, "1/s"))
        .contains(Figure.of("load", "ops_per_s", 323_046.0, "1/s"));
    assertThat(RunsTable.row(run))
        .containsEntry("load_writes_per_s", "64612")
        .containsEntry("load_reads_per_s", "258434")
        .containsEntry("load_ops_per_s", "323046");
    assertThat(Metric.all())
        .filteredOn(metric -> metric.name().equals("writes_per_s"))
        .singleElement()
        .satisfies(metric -> assertThat(metric.of().apply(run)).isEqualTo(Reading.of(64_612)));
  }

  private static LoadRow total(LoadReport load) {
    LoadRow totals = load.totals();
    if (totals == null) {
      throw new AssertionError("no totals");
    }
    return totals;
  }

  /** Two seconds at a rate. */
  private static LoadRow row(
      String command, @Nullable String kind, long rate, @Nullable Integer step) {
    return new LoadRow(
        "memtier",
        command,
        kind == null ? null : CommandKind.of(kind),
        new LoadRow.Asked(step, null),
        new LoadRow.Done(2 * rate, (double) rate),
        Latency.UNKNOWN,
        null,
        new LoadRow.Errors(null, null));
  }

  private static LoadReport load(LoadRow... commands) {
    List<LoadRow> rows = new ArrayList<>(List.of(commands));
    List<@Nullable Integer> steps = new ArrayList<>();
    rows.forEach(
        row -> {
          if (!steps.contains(row.step())) {
            steps.add(row.step());
          }
        });
    if (steps.isEmpty()) {
      steps.add(null);
    }
    for (Integer step : steps) {
      long rate = 0;
      for (LoadRow row : commands) {
        Double its = row.opsPerS();
        rate += its != null && java.util.Objects.equals(row.step(), step) ? its.longValue() : 0;
      }
      rows.add(row(LoadRow.TOTALS, null, rate, step));
    }
    return new LoadReport(
        "memtier", null, null, List.of(), null, 60.0, rows, List.of(), List.of(), List.of(), null);
  }
}
