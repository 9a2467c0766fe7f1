package io.syncanalyzer.report.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.redis.LosslessText;
import io.syncanalyzer.report.CsvFiles;
import io.syncanalyzer.report.RunWriter;
import io.syncanalyzer.report.SampleRuns;
import io.syncanalyzer.result.RunReport;
import io.syncanalyzer.result.verify.Mismatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFormTest {
  @TempDir Path results;

  @ParameterizedTest
  @CsvSource({
    "en-US, POINT",
    "en, POINT",
    "ja-JP, POINT",
    "de-CH, POINT",
    "es-MX, POINT",
    "de-DE, COMMA",
    "de, COMMA",
    "de_AT.UTF-8, COMMA",
    "DE-de, COMMA",
    "fr-FR, COMMA",
    "fr_FR@euro, COMMA",
    "pt-BR, COMMA",
    "ru-RU, COMMA",
    "sv-SE, COMMA"
  })
  void aLocaleTellsTheForm(String tag, CsvForm form) {
    assertThat(CsvForm.ofLocale(tag)).isEqualTo(form);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "german", "xx-YY", "C", "de DE", "de-", "-", "1", "ar-EG", "fa-IR"})
  void whatIsNoLocaleOrHasAnotherDecimalSignIsRefusedByName(String tag) {
    assertThatThrownBy(() -> CsvForm.ofLocale(tag))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("--csv-locale: ")
        .hasMessageContaining("`" + tag + "`");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"run_id;a,b|COMMA", "run_id,a;b|POINT", "run_id|POINT", "''|POINT", "a;b|COMMA"})
  void aHeaderTellsTheFormOfItsFile(String header, CsvForm form) {
    assertThat(CsvForm.ofHeader(header)).isEqualTo(form);
  }

  @Test
  void aRunMadeAgainInAnotherFormKeepsEveryMismatch() throws Exception {
    RunFolder folder = RunFolder.create(results, Optional.of("one"), Clock.systemUTC());
    RunReport run = SampleRuns.whole("one").verify(SampleRuns.different()).build();
    List<Mismatch> twice = new java.util.ArrayList<>(SampleRuns.mismatches());
    twice.addAll(SampleRuns.mismatches());
    RunWriter plain = new RunWriter(folder, Optional.empty());
    plain.files(run, twice);
    plain.row(run);
    plain.save(run);
    String before = Files.readString(folder.mismatchesCsv());

    new RunWriter(folder, Optional.of(CsvForm.COMMA)).rebuild(RunReader.read(folder));

    List<List<String>> rows = CsvFiles.read(folder.mismatchesCsv(), ';');
    assertThat(rows).hasSize(1 + 2 * SampleRuns.NASTY_KEYS.size());
    assertThat(rows.stream().skip(1).limit(12).map(row -> LosslessText.parse(row.get(1))))
        .containsExactlyElementsOf(SampleRuns.NASTY_KEYS);
    assertThat(CsvFiles.read(folder.file("verify.csv"), ';')).hasSizeGreaterThan(1);

    plain.rebuild(RunReader.read(folder));

    assertThat(Files.readString(folder.mismatchesCsv())).isEqualTo(before);
  }
}
