package io.syncanalyzer.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunWriterTest {
  @TempDir Path results;

  @Test
  void aWholeRunLeavesEveryFile() throws Exception {
    RunFolder folder = RunFolder.create(results, Optional.of("whole"), Clock.systemUTC());
    SampleRuns.writeHlog(folder.lagHlog());
    RunReport run = SampleRuns.whole("whole").build();

    new RunWriter(folder).ended(run, SampleRuns.mismatches());

    try (var files = Files.list(folder.path())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "summary.csv",
              "load.csv",
              "load_timeline.csv",
              "inserts.csv",
              "lag.csv",
              "lag_accounting.csv",
              "lag_timeline.csv",
              "lag.hlog",
              "verify.csv",
              "mismatches.csv",
              "run.json",
              "report.html");
    }
    assertThat(results.resolve("runs.csv")).exists();
    System.out.println(Screen.of(run, folder, false));
  }
}
