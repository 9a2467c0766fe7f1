package io.syncanalyzer.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.report.SampleCapacity;
import io.syncanalyzer.report.SampleRuns;
import io.syncanalyzer.report.files.Distributions;
import io.syncanalyzer.report.page.Charts.TrialMark;
import io.syncanalyzer.report.page.Charts.Trials;
import io.syncanalyzer.report.page.PageView.HtmlTable;
import io.syncanalyzer.report.page.PageView.Section;
import io.syncanalyzer.report.page.PageView.Tile;
import io.syncanalyzer.result.RunReport;
import io.syncanalyzer.result.capacity.CapacityReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A search for capacity on the page; how it looks PageIT shows. */
class CapacitySectionTest {
  @TempDir Path folder;

  @Test
  void itComesFirstAndTheLagIsThatOfIdleAlone() throws Exception {
    SampleRuns.writeHlog(folder.resolve("lag.hlog"));
    PageView page =
        Page.view(SampleCapacity.run("r").build(), Distributions.read(folder.resolve("lag.hlog")));

    assertThat(page.sections())
        .extracting(Section::id)
        .containsExactly("capacity", "overview", "lag", "environment", "files");
    Section lag = page.sections().get(2);
    assertThat(lag.charts()).extracting(PageView.Chart::id).containsExactly("lag-distribution");
    assertThat(lag.tables().get(0).rows()).hasSize(2);
    assertThat(page.data()).contains("baseline upper, ms").doesNotContain("load upper, ms");
    assertThat(page.tiles())
        .contains(
            new Tile("proven", "41,499 writes/s", "in 4 trials sustained"),
            new Tile("refuted", "45,255 writes/s", "in 3 trials not sustained"),
            new Tile("trials", "16", "ended: found"));
  }

  @Test
  void itSaysQuestionAnswerAndRules() {
    Section section = section(SampleCapacity.run("r").build());

    assertThat(section.notes())
        .hasSize(3)
        .satisfies(notes -> assertThat(notes.get(0)).startsWith("What is the highest rate"))
        .satisfies(notes -> assertThat(notes.get(1)).contains("41,499", "45,255", "43,336"))
        .satisfies(
            notes ->
                assertThat(notes.get(2))
                    .contains("the lag stayed within p99 50 ms", "(at most 0.42 ms)", "seed 7"));
  }

  @Test
  void eachTrialIsARowAndAMarkInTheSameOrder() {
    RunReport run = SampleCapacity.ofTwo("r").build();
    CapacityReport capacity = Objects.requireNonNull(run.capacity());
    Trials drawn = new TrialCharts(capacity, run.lag()).overRate();
    HtmlTable table = section(run).tables().get(0);

    assertThat(drawn.replicas()).containsExactly("10.0.0.2:6379", "10.0.0.3:6379");
    assertThat(drawn.sustained().get(1)).isEqualTo(new Charts.Sustained(32_000L, 38_055L));
    assertThat(table.rows()).hasSize(32);
    for (int i = 0; i < 32; i++) {
      TrialMark mark = drawn.trials().get(i);
      assertThat(table.rows().get(i).cells().get(0).text()).isEqualTo("" + mark.trial());
      assertThat(table.rows().get(i).cells().get(1).text())
          .isEqualTo(drawn.replicas().get(mark.replica()));
      assertThat(mark.seconds().x()).hasSize(15);
      assertThat(mark.growth()).hasSize(3).isSorted();
    }
  }

  @Test
  void anOpenBoundIsNoNumber() {
    RunReport run = SampleCapacity.run("r").build();
    TrialMark lost =
        new TrialCharts(Objects.requireNonNull(run.capacity()), run.lag())
            .overRate()
            .trials()
            .get(14);

    assertThat(lost.p99().upper()).isNull();
    assertThat(lost.p99().lower()).isPositive();
    assertThat(lost.words()).contains("p99 >= ");
  }

  @Test
  void withoutOffsetsTheLagsGrowthIsDrawn() {
    CapacityReport report =
        SampleCapacity.report(
            List.of(), SampleCapacity.withoutOffsets(SampleCapacity.trials(null, 1)));
    Trials drawn = new TrialCharts(report, null).overRate();

    assertThat(drawn.growth()).isEqualTo("growth of the lag, ms/s");
    assertThat(drawn.trials().get(6).growth().get(1)).isBetween(25.0, 40.0);
    assertThat(drawn.trials().get(6).seconds().x()).isEmpty();
  }

  @Test
  void aSearchThatTriedNothingHasNoChart() {
    Section section =
        section(SampleCapacity.run("r", SampleCapacity.report(List.of(), List.of())).build());

    assertThat(section.charts()).isEmpty();
    assertThat(section.tables()).isEmpty();
  }

  private static Section section(RunReport run) {
    return Objects.requireNonNull(new CapacitySection(new Charts()).of(run));
  }
}
