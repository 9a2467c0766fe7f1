package io.syncanalyzer.result.figure;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.report.CsvFiles;
import io.syncanalyzer.report.RunWriter;
import io.syncanalyzer.report.SampleCapacity;
import io.syncanalyzer.report.SampleRuns;
import io.syncanalyzer.report.compare.Comparison;
import io.syncanalyzer.report.files.CsvForm;
import io.syncanalyzer.report.files.RunFolder;
import io.syncanalyzer.report.files.Tables;
import io.syncanalyzer.result.RunReport;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How figures are written, and that no CSV file writes one in another way. */
class MeasureTest {
  @TempDir Path results;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # column           | figure        | cell
          upper_us           | 113.023       | 114
          lower_us           | 113.023       | 113
          upper_us           | >= 113.923    | >= 113
          intended_us        | 0.0001        | 1
          lower_us           | 0.9999        | 0
          p99_upper_us       | 114           | 114
          ack_max_us         | 310.2         | 311
          mean_us            | 310.5         | 310
          mean_us            | 311.5         | 312
          p50_ms             | 0.415         | 0.4150
          p50_ms             | 0.4154        | 0.4154
          p50_ms             | 0.4100        | 0.41
          p50_ms             | 1234.567      | 1234.5670
          p50_ms             | 1.0004        | 1.0004
          p50_ms             | 0.41499999    | 0.4150
          p50_ms             | 4             | 4
          elapsed_s          | 48.250        | 48.25
          elapsed_s          | 0.0000004     | 0
          change_percent     | -12.345       | -12.3450
          change_percent     | -12.3456789   | -12.345679
          ops_per_s          | 64612.345     | 64612
          ops_per_s          | 100.4         | 100
          ops_per_s          | 99.125        | 99.1250
          ops_per_s          | 0.5           | 0.5
          lag_slope_us_per_s | -0.125        | -0.1250
          used_bytes         | 12.3          | 12
          lag_slope_low      | 1.125         | 1.1250
          upper_us           | word 1.125    | word 1.125
          """)
  void aFigureIsWholeWhereItsUnitAllowsAndHasNeverThreeDecimals(
      String column, String figure, String cell) {
    assertThat(Measure.ofColumn(column).text(figure)).isEqualTo(cell);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          load_p99_upper | us    | 113.023    | 114
          load_p99_lower | us    | 113.923    | 113
          p99.9_upper    | us    | 113.023    | 114
          ops_per_s      | 1/s   | 64612.345  | 64612
          kb_per_s       | KiB/s | 8123.456   | 8123
          elapsed        | s     | 2.345      | 2.3450
          max            | ms    | 18.125     | 18.1250
          equal          | keys  | 40.5       | 40.5
          """)
  void aFigureThatNamesItsUnitIsWrittenAsAColumnOfItIs(
      String name, String unit, String figure, String cell) {
    assertThat(Measure.of(name, unit).text(figure)).isEqualTo(cell);
  }

  @Test
  void aBoundThatIsButTheLeastKnownIsRoundedDown() {
    Measure upper = Measure.ofColumn("upper_us");
    assertThat(upper.text(Numbers.exact(30_000_000.7))).isEqualTo("30000001");
    assertThat(upper.text(">= 30000000.7")).isEqualTo(">= 30000000");
    assertThat(upper.text(BigDecimal.ZERO)).isEqualTo("0");
  }

  @ParameterizedTest
  @EnumSource(CsvForm.class)
  void noCellOfAnyFileIsReadAsAnotherNumberElsewhere(CsvForm form) throws Exception {
    for (Path file : written(form)) {
      List<List<String>> rows = CsvFiles.read(file, form == CsvForm.POINT ? ',' : ';');
      for (List<String> row : rows.subList(1, rows.size())) {
        for (int i = 0; i < row.size(); i++) {
          String column = rows.get(0).get(i);
          assertThat(row.get(i))
              .as("%s of %s", column, file.getFileName())
              .doesNotMatch("(>= )?[-+]?\\d+([.,]\\d{3})+")
              .doesNotMatch("\\d{1,2}\\.\\d{1,2}\\.\\d{1,4}")
              .doesNotMatch(form == CsvForm.POINT ? "(>= )?-?\\d+,\\d+" : "(>= )?-?\\d+\\.\\d+");
          if (column.endsWith("_us")) {
            assertThat(row.get(i)).as(column).matches("((>= )?\\d+)?");
          }
        }
      }
    }
  }

  /** Every CSV file there is, its figures such that each would be misread as it is. */
  private List<Path> written(CsvForm form) throws Exception {
    RunFolder folder = RunFolder.create(results, Optional.of("run"), Clock.systemUTC());
    RunReport run =
        SampleRuns.whole("run")
            .load(SampleRuns.load(99.375))
            .lag(SampleRuns.lag(1.0075, 3))
            .verify(SampleRuns.different())
            .capacity(SampleCapacity.report(List.of(), SampleCapacity.trials(null, 1)))
            .finished(SampleRuns.START, 48.125)
            .build();
    RunWriter writer = new RunWriter(folder, Optional.of(form));
    writer.files(run, SampleRuns.mismatches());
    writer.row(run);
    writer.save(run);
    writer.spread("run", List.of(run, SampleRuns.whole("other").build()));
    Comparison.of(List.of("a", "b"), List.of(List.of(run), List.of(SampleRuns.whole("b").build())))
        .write(results, OptionalDouble.empty(), form);
    List<Path> all = new ArrayList<>();
    for (Path place : List.of(results, folder.path())) {
      try (Stream<Path> files = Files.list(place)) {
        files.filter(file -> file.toString().endsWith(".csv")).forEach(all::add);
      }
    }
    assertThat(all).hasSize(Tables.ALL.size() + 2);
    return all;
  }
}
