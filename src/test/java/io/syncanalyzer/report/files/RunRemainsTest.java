package io.syncanalyzer.report.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.report.SampleRuns;
import io.syncanalyzer.result.RunReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRemainsTest {
  @TempDir Path results;

  private final RunReport run = SampleRuns.whole("r").verify(SampleRuns.different()).build();
  private RunFolder folder = new RunFolder(Path.of(""), "r");

  @BeforeEach
  void wholeRun() throws Exception {
    folder = RunFolder.create(results, Optional.of("r"), java.time.Clock.systemUTC());
    SampleRuns.writeHlog(folder.lagHlog());
    SampleRuns.write(folder, run, SampleRuns.mismatches());
    for (String file :
        List.of("memtier_benchmark.txt", "memtier_benchmark.json", "jmh.json", "jmh.log")) {
      Files.writeString(folder.file(file), "x");
    }
  }

  @Test
  void ofAWholeRunNothingIsLost() {
    assertThat(RunRemains.lost(folder, run)).isEmpty();
  }

  @Test
  void whatCanBeMadeAgainIsNotLost() throws Exception {
    for (String file : List.of("lag.csv", "summary.csv", "verify.csv", "report.html")) {
      Files.delete(folder.file(file));
    }
    assertThat(RunRemains.lost(folder, run)).isEmpty();
  }

  @Test
  void aHistogramLogThatIsGoneOrCutSaysHowMuchOfItIsThere() throws Exception {
    List<String> lines = Files.readAllLines(folder.lagHlog());
    Files.write(folder.lagHlog(), lines.subList(0, lines.size() / 2));
    assertThat(RunRemains.lost(folder, run))
        .isNotEmpty()
        .allMatch(line -> line.matches("lag.hlog is cut: it holds [\\d,]+ of the [\\d,]+ lags .*"));
    Files.writeString(folder.lagHlog(), "");
    assertThat(RunRemains.lost(folder, run)).anyMatch(line -> line.contains("holds 0 of the"));
    Files.delete(folder.lagHlog());
    assertThat(RunRemains.lost(folder, run))
        .singleElement()
        .asString()
        .startsWith("lag.hlog is gone");
  }

  @Test
  void mismatchesThatAreGoneOrCutAreCounted() throws Exception {
    String whole = Files.readString(folder.mismatchesCsv());
    long keys = run.verify() == null ? 0 : run.verify().mismatchedKeys();
    assertThat(keys).isGreaterThan(1);
    Files.writeString(folder.mismatchesCsv(), whole.lines().findFirst().orElseThrow() + "\r\n");
    assertThat(RunRemains.lost(folder, run))
        .containsExactly("mismatches.csv is cut: it holds 0 of " + keys + " keys that differ");
    Files.writeString(folder.mismatchesCsv(), "");
    assertThat(RunRemains.lost(folder, run))
        .containsExactly("mismatches.csv is cut: it holds 0 of " + keys + " keys that differ");
    Files.delete(folder.mismatchesCsv());
    assertThat(RunRemains.lost(folder, run))
        .singleElement()
        .asString()
        .startsWith("mismatches.csv is gone");
  }

  @Test
  void theOutputsOfOthersAreNamedWhereTheyAreGoneOrEmpty() throws Exception {
    Files.delete(folder.file("memtier_benchmark.txt"));
    Files.writeString(folder.file("jmh.log"), "");
    assertThat(RunRemains.lost(folder, run))
        .containsExactly(
            "memtier_benchmark.txt, memtier's own output, is gone",
            "jmh.log, JMH's own output, is empty");
  }

  @Test
  void aRunThatDidNothingHasNothingToLose() throws Exception {
    RunFolder bare = RunFolder.create(results, Optional.of("bare"), java.time.Clock.systemUTC());
    assertThat(RunRemains.lost(bare, SampleRuns.bare("bare", "verify").build())).isEmpty();
  }
}
