package io.syncanalyzer.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** results/README.md says of every file exactly the columns that are written, in their order. */
class DataDictionaryTest {
  private static final Path DICTIONARY = Path.of("results", "README.md");
  private static final Pattern HEADING = Pattern.compile("## `(\\w+\\.csv)`");
  private static final Pattern COLUMN = Pattern.compile("\\| `(\\w+)` \\|.*\\|.*\\|");

  @TempDir Path results;

  @Test
  void everyWrittenColumnIsExplainedAndNoOther() throws Exception {
    Map<String, List<String>> written = new LinkedHashMap<>();
    RunFolder folder = RunFolder.create(results, Optional.of("one"), Clock.systemUTC());
    RunReport run = SampleRuns.whole("one").verify(SampleRuns.different()).build();
    new RunWriter(folder).ended(run, SampleRuns.mismatches());
    Comparison.of(List.of("one", "two"), List.of(List.of(run), List.of(run)))
        .write(folder.path(), OptionalDouble.empty());
    for (Path place : List.of(folder.path(), results)) {
      try (var files = Files.newDirectoryStream(place, "*.csv")) {
        for (Path file : files) {
          written.put(file.getFileName().toString(), CsvFiles.read(file).get(0));
        }
      }
    }

    assertThat(explained()).containsExactlyInAnyOrderEntriesOf(written);
  }

  @Test
  void everyFileOfAWholeRunIsNamed() throws Exception {
    RunFolder folder = RunFolder.create(results, Optional.of("one"), Clock.systemUTC());
    SampleRuns.writeHlog(folder.lagHlog());
    new RunWriter(folder).ended(SampleRuns.whole("one").build(), SampleRuns.mismatches());
    String dictionary = Files.readString(DICTIONARY);

    try (var files = Files.list(folder.path())) {
      assertThat(files.map(file -> "`" + file.getFileName() + "`"))
          .allSatisfy(name -> assertThat(dictionary).contains(name));
    }
  }

  private static Map<String, List<String>> explained() throws Exception {
    Map<String, List<String>> explained = new LinkedHashMap<>();
    List<String> columns = new ArrayList<>();
    for (String line : Files.readAllLines(DICTIONARY)) {
      Matcher heading = HEADING.matcher(line);
      Matcher column = COLUMN.matcher(line);
      if (heading.matches()) {
        columns = new ArrayList<>();
        explained.put(heading.group(1), columns);
      } else if (column.matches()) {
        columns.add(column.group(1));
      }
    }
    return explained;
  }
}
