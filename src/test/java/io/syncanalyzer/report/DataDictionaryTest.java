package io.syncanalyzer.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.report.compare.Comparison;
import io.syncanalyzer.report.files.CsvForm;
import io.syncanalyzer.report.files.RunFolder;
import io.syncanalyzer.result.RunReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** results/README.md says of every file exactly the columns that are written, in their order. */
class DataDictionaryTest {

  @TempDir Path results;

  @Test
  void everyWrittenColumnIsExplainedAndNoOther() throws Exception {
    Map<String, List<String>> written = new LinkedHashMap<>();
    RunFolder folder = RunFolder.create(results, Optional.of("one"), Clock.systemUTC());
    RunReport run =
        SampleRuns.whole("one")
            .verify(SampleRuns.different())
            .capacity(SampleCapacity.run("one").build().capacity())
            .build();
    SampleRuns.write(folder, run, SampleRuns.mismatches());
    Comparison.of(List.of("one", "two"), List.of(List.of(run), List.of(run)))
        .write(folder.path(), OptionalDouble.empty(), CsvForm.POINT);
    for (Path place : List.of(folder.path(), results)) {
      try (var files = Files.newDirectoryStream(place, "*.csv")) {
        for (Path file : files) {
          written.put(file.getFileName().toString(), CsvFiles.read(file).get(0));
        }
      }
    }

    assertThat(DataDictionary.columns()).containsExactlyInAnyOrderEntriesOf(written);
  }

  @Test
  void everyFileOfAWholeRunIsNamed() throws Exception {
    RunFolder folder = RunFolder.create(results, Optional.of("one"), Clock.systemUTC());
    SampleRuns.writeHlog(folder.lagHlog());
    SampleRuns.write(folder, SampleRuns.whole("one").build(), SampleRuns.mismatches());
    String dictionary = Files.readString(DataDictionary.FILE);

    try (var files = Files.list(folder.path())) {
      assertThat(files.map(file -> "`" + file.getFileName() + "`"))
          .allSatisfy(name -> assertThat(dictionary).contains(name));
    }
  }
}
