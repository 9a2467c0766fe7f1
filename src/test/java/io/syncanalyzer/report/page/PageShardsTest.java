package io.syncanalyzer.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.report.SampleRuns;
import io.syncanalyzer.report.files.Distributions;
import io.syncanalyzer.report.page.PageView.HtmlTable;
import io.syncanalyzer.result.RunReport;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The lag of several shards on the page. */
class PageShardsTest {
  @Test
  void eachShardHasARowOfItsOwn() {
    RunReport run = SampleRuns.whole("r").lag(SampleRuns.ofShards("10.0.0.1:7001", 250)).build();
    assertThat(tables(run))
        .filteredOn(table -> table.caption().startsWith("Lag by shard"))
        .singleElement()
        .satisfies(table -> assertThat(table.rows()).hasSize(2))
        .asString()
        .contains("10.0.0.1:7001", "h:2", "250");
  }

  @Test
  void aSinglePairHasNoSuchTable() {
    assertThat(tables(SampleRuns.whole("r").build()))
        .noneMatch(table -> table.caption().startsWith("Lag by shard"));
  }

  private static List<HtmlTable> tables(RunReport run) {
    return Page.view(run, Distributions.read(Path.of("no-such-file"))).sections().stream()
        .filter(section -> section.id().equals("lag"))
        .flatMap(section -> section.tables().stream())
        .toList();
  }
}
