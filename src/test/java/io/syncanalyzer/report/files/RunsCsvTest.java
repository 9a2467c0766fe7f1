package io.syncanalyzer.report.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.report.CsvFiles;
import io.syncanalyzer.report.SampleRuns;
import io.syncanalyzer.result.RunReport;
import io.syncanalyzer.result.RunReportBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunsCsvTest {
  @TempDir Path results;

  @Test
  void runsThatAppendAtOnceLoseNoRowAndWriteOneHeader() throws Exception {
    Path file = results.resolve("runs.csv");
    int threads = 8;
    int each = 10;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<Future<?>> all = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      int thread = t;
      all.add(
          pool.submit(
              () -> {
                for (int i = 0; i < each; i++) {
                  RunsCsv.put(
                      file, SampleRuns.whole("run-" + thread + "-" + i).build(), Optional.empty());
                }
              }));
    }
    for (Future<?> one : all) {
      one.get();
    }
    pool.shutdown();

    List<List<String>> rows = CsvFiles.read(file);
    assertThat(rows).hasSize(1 + threads * each);
    assertThat(rows).allSatisfy(row -> assertThat(row).hasSize(rows.get(0).size()));
    assertThat(rows.stream().map(row -> row.get(0)).distinct()).hasSize(1 + threads * each);
  }

  @Test
  void anOlderFileGetsTheNewColumnsAtItsEndAndKeepsItsOwnOrder() throws Exception {
    Path file = results.resolve("runs.csv");
    Files.writeString(file, "run_id,exit_status,gone,command\r\nold,0,\"a \"\"b\"\"\",verify\r\n");

    RunsCsv.put(file, SampleRuns.whole("new").build(), Optional.empty());

    List<List<String>> rows = CsvFiles.read(file);
    assertThat(rows.get(0).subList(0, 5))
        .containsExactly("run_id", "exit_status", "gone", "command", "statistic");
    assertThat(rows.get(1).subList(0, 5)).containsExactly("old", "0", "a \"b\"", "verify", "");
    assertThat(rows.get(2).subList(0, 5)).containsExactly("new", "0", "", "load-and-verify", "run");
    assertThat(rows.get(0)).doesNotHaveDuplicates().containsAll(RunsTable.TABLE.header());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "half",
        "half,run",
        "half,\"a \"\"b",
        "half,\"two\r\nlin",
        "half,\"\"",
        "half,\"\"\""
      })
  void aRowThatAKilledRunLeftHalfIsARowOfItsOwnAndLaterOnesAreWhole(String half) throws Exception {
    Path file = results.resolve("runs.csv");
    RunsCsv.put(file, SampleRuns.whole("one").build(), Optional.empty());
    Files.writeString(file, Files.readString(file) + half);

    RunsCsv.put(file, SampleRuns.whole("two").build(), Optional.empty());
    RunsCsv.put(file, SampleRuns.whole("three").build(), Optional.empty());

    List<List<String>> rows = CsvFiles.read(file);
    assertThat(rows.stream().map(row -> row.get(0)))
        .containsExactly("run_id", "one", "half", "two", "three");
    assertThat(rows).allSatisfy(row -> assertThat(row).hasSize(rows.get(0).size()));
    assertThat(rows.get(3).subList(1, 5)).isEqualTo(rows.get(1).subList(1, 5));
  }

  @Test
  void everyPlaceWhereARowCanBreakOffLeavesTheNextRowsWhole() throws Exception {
    Path file = results.resolve("runs.csv");
    RunsCsv.put(file, SampleRuns.whole("one").build(), Optional.empty());
    byte[] whole = Files.readAllBytes(file);
    RunsCsv.put(
        file,
        SampleRuns.whole("torn").failure("a \"quoted\",\r\nlong\u00a0reason").build(),
        Optional.empty());
    byte[] more = Files.readAllBytes(file);

    for (int size = whole.length; size <= more.length; size++) {
      Files.write(file, Arrays.copyOf(more, size));
      RunsCsv.put(file, SampleRuns.whole("next").build(), Optional.empty());

      List<List<String>> rows = CsvFiles.read(file);
      assertThat(rows).allSatisfy(row -> assertThat(row).hasSize(rows.get(0).size()));
      assertThat(rows.get(1).get(0)).isEqualTo("one");
      assertThat(rows.get(rows.size() - 1).get(0)).isEqualTo("next");
      assertThat(rows).hasSize(size == whole.length ? 3 : 4);
    }
  }

  @Test
  void aRunThatHasItsRowByNowGetsNoSecondOneWhateverTheFormAndThePlace() throws Exception {
    Path file = results.resolve("runs.csv");
    for (String id : List.of("first", "=2024-01-02", "last")) {
      RunsCsv.put(file, SampleRuns.whole(id).build(), Optional.empty());
    }
    RunsCsv.put(file, SampleRuns.whole("=2024-01-02").failure("lost").build(), Optional.empty());
    List<List<String>> rows = CsvFiles.read(file);
    int status = rows.get(0).indexOf("exit_status");
    assertThat(rows.stream().map(row -> row.get(status)))
        .containsExactly("exit_status", "0", "5", "0");

    RunsCsv.put(file, SampleRuns.whole("last").failure("lost").build(), Optional.of(CsvForm.COMMA));
    assertThat(Files.readAllLines(file)).hasSize(4);
    assertThat(Files.readAllLines(file).get(3)).startsWith("last;").contains(";5;COULD_NOT_RUN;");
  }

  @Test
  void aRunThatGoesOnInAnEarliersFolderAndRunsTakenTogetherGetRowsOfTheirOwn() throws Exception {
    Path file = results.resolve("runs.csv");
    RunsCsv.put(file, new RunReportBuilder("r", "verify", Instant.EPOCH).build(), Optional.empty());
    RunReport later = new RunReportBuilder("r", "verify", Instant.EPOCH.plusSeconds(9)).build();
    RunsCsv.put(file, later, Optional.empty());
    RunsCsv.appendSpread(file, "r", List.of(later, later), Optional.empty());
    RunsCsv.appendSpread(file, "r", List.of(later, later), Optional.empty());
    assertThat(CsvFiles.read(file)).hasSize(1 + 2 + 6);
  }

  @Test
  void aHeaderThatAKilledRunLeftHalfIsWrittenAnew() throws Exception {
    Path file = results.resolve("runs.csv");
    Files.writeString(file, "run_id,exit_st");

    RunsCsv.put(file, SampleRuns.whole("one").build(), Optional.empty());

    List<List<String>> rows = CsvFiles.read(file);
    assertThat(rows.get(0)).isEqualTo(RunsTable.TABLE.header());
    assertThat(rows.get(1).get(0)).isEqualTo("one");
    assertThat(rows).hasSize(2);
  }

  @Test
  void repeatedRunsAddTheirMedianSmallestAndLargest() throws Exception {
    Path file = results.resolve("runs.csv");
    List<RunReport> runs = new ArrayList<>();
    for (double rate : new double[] {30_000, 50_000, 44_000}) {
      RunReport run =
          SampleRuns.whole("g-" + runs.size()).group("g").load(SampleRuns.load(rate)).build();
      RunsCsv.put(file, run, Optional.empty());
      runs.add(run);
    }

    RunsCsv.appendSpread(file, "g", runs, Optional.empty());

    List<List<String>> rows = CsvFiles.read(file);
    int statistic = rows.get(0).indexOf("statistic");
    int rate = rows.get(0).indexOf("load_ops_per_s");
    int engine = rows.get(0).indexOf("load_engine");
    assertThat(rows).hasSize(7);
    assertThat(rows.subList(4, 7).stream().map(row -> row.get(statistic) + " " + row.get(rate)))
        .containsExactly("median 44000", "min 30000", "max 50000");
    assertThat(rows.get(4).get(0)).isEqualTo("g");
    assertThat(rows.get(4).get(engine)).isEqualTo("memtier");
  }

  @Test
  void aFileThatCannotBeWrittenIsToldInOneLine() throws Exception {
    Path folder = Files.createDirectory(results.resolve("runs.csv"));

    assertThatThrownBy(() -> RunsCsv.put(folder, SampleRuns.whole("one").build(), Optional.empty()))
        .isInstanceOf(ReportFailure.class)
        .hasMessageContaining("runs.csv")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aFileInAnotherFormKeepsItAndNewRowsFollow() throws Exception {
    Path file = results.resolve("runs.csv");
    RunsCsv.put(file, SampleRuns.whole("one").build(), Optional.of(CsvForm.COMMA));

    RunsCsv.put(file, SampleRuns.whole("two").build(), Optional.empty());

    List<List<String>> rows = CsvFiles.read(file, ';');
    int elapsed = rows.get(0).indexOf("elapsed_s");
    assertThat(rows.stream().map(row -> row.get(elapsed)))
        .containsExactly("elapsed_s", "48,25", "48,25");
    assertThat(rows.get(2).subList(1, 5)).isEqualTo(rows.get(1).subList(1, 5));
  }

  @ParameterizedTest
  @EnumSource(CsvForm.class)
  void aRunThatAsksForAFormTurnsTheWholeFileIntoIt(CsvForm asked) throws Exception {
    Path file = results.resolve("runs.csv");
    CsvForm other = asked == CsvForm.POINT ? CsvForm.COMMA : CsvForm.POINT;
    RunsCsv.put(file, SampleRuns.whole("1.5").build(), Optional.of(other));

    RunsCsv.put(file, SampleRuns.whole("2").build(), Optional.of(asked));

    List<List<String>> rows = CsvFiles.read(file, asked == CsvForm.POINT ? ',' : ';');
    int elapsed = rows.get(0).indexOf("elapsed_s");
    String figure = asked == CsvForm.POINT ? "48.25" : "48,25";
    assertThat(rows.stream().map(row -> row.get(0) + " " + row.get(elapsed)))
        .containsExactly("run_id elapsed_s", "1.5 " + figure, "2 " + figure);
    assertThat(rows.get(2).subList(1, rows.get(0).size()))
        .isEqualTo(rows.get(1).subList(1, rows.get(0).size()));
  }

  @Test
  void figuresOfAnOlderVersionThatAnotherLocaleMisreadsAreMended() throws Exception {
    Path file = results.resolve("runs.csv");
    RunsCsv.put(file, SampleRuns.whole("one").build(), Optional.empty());
    List<List<String>> before = CsvFiles.read(file);
    List<String> row = new ArrayList<>(before.get(1));
    row.set(before.get(0).indexOf("lag_p99_upper_us"), "113.023");
    row.set(before.get(0).indexOf("lag_p99_lower_us"), "113.023");
    row.set(before.get(0).indexOf("lag_max_upper_us"), ">= 113.023");
    row.set(before.get(0).indexOf("drain_s"), "0.213");
    row.set(before.get(0).indexOf("group"), "1.213");
    Files.writeString(
        file, Table.line(before.get(0), CsvForm.POINT) + Table.line(row, CsvForm.POINT));

    RunsCsv.put(file, SampleRuns.whole("two").build(), Optional.empty());

    List<String> mended = CsvFiles.read(file).get(1);
    assertThat(
            Stream.of(
                    "lag_p99_upper_us", "lag_p99_lower_us", "lag_max_upper_us", "drain_s", "group")
                .map(name -> mended.get(before.get(0).indexOf(name))))
        .containsExactly("114", "113", ">= 113", "0.2130", "1.213");
  }

  @Test
  void aFileThatASpreadsheetSavedWithItsMarkIsAppendedTo() throws Exception {
    Path file = results.resolve("runs.csv");
    Files.writeString(file, "\ufeffrun_id;elapsed_s\nold;1,5\n");

    RunsCsv.put(file, SampleRuns.whole("new").build(), Optional.empty());

    List<List<String>> rows = CsvFiles.read(file, ';');
    assertThat(rows.get(0).subList(0, 3)).containsExactly("run_id", "elapsed_s", "statistic");
    assertThat(rows.get(1).subList(0, 3)).containsExactly("old", "1,5", "");
    assertThat(rows.get(2).subList(0, 3)).containsExactly("new", "48,25", "run");
  }
}
