package io.syncanalyzer.report.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.report.CsvFiles;
import io.syncanalyzer.report.SampleCapacity;
import io.syncanalyzer.report.SampleRuns;
import io.syncanalyzer.result.RunReport;
import io.syncanalyzer.result.capacity.CapacityReport;
import io.syncanalyzer.result.capacity.Slope;
import io.syncanalyzer.result.capacity.Trial;
import io.syncanalyzer.result.capacity.TrialOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** capacity.csv: as it is written, added to while the search goes on, and read back. */
class CapacityCsvTest {
  private static final Trial BARE =
      new Trial(
          1,
          "",
          new Trial.Rate(1, null, null, null),
          0,
          Trial.Lag.UNKNOWN,
          Trial.Growth.UNKNOWN,
          null,
          TrialOutcome.SUSTAINED,
          "",
          null,
          null,
          null);

  @TempDir Path folder;

  @Test
  void aRowIsRoundedSoThatItsBoundsStillHold() throws Exception {
    Trial trial =
        new Trial(
            3,
            "bisected",
            new Trial.Rate(45_255, 45_203.61, 0.932, 0.57),
            15_001_234_567L,
            new Trial.Lag(1_400L, 1_400L, 61_300_001L, 900_999L, null, 30_000_999L, 15_000, 2),
            new Trial.Growth(new Slope(1_234.5678, -12.3, 99_999_999.9), new Slope(-0.5, -2, 1)),
            412_000_000L,
            TrialOutcome.REFUTED,
            "too far, \"far\"",
            "h:2",
            "s:1",
            1_795_379_712_000L);

    CapacityCsv.append(file(), List.of(trial), CsvForm.POINT);

    assertThat(CsvFiles.read(file()).get(1))
        .containsExactly(
            "3",
            "45255",
            "45204",
            "15.001235",
            "2",
            "61301",
            "",
            "2",
            "1.234568",
            "-0.0123",
            "100000",
            "-0.5",
            "-2",
            "1",
            "0.4120",
            "refuted",
            "too far, \"far\"",
            "1",
            "900",
            "30000",
            "15000",
            "bisected",
            "93.2",
            "57",
            "1795379712000",
            "h:2",
            "s:1");
  }

  @ParameterizedTest
  @EnumSource(CsvForm.class)
  void whatIsAddedTrialByTrialIsReadBackInEveryForm(CsvForm form) throws Exception {
    List<Trial> trials = SampleCapacity.trials(null, 1);
    for (Trial trial : trials) {
      CapacityCsv.append(file(), List.of(trial), form);
    }

    List<Trial> read = CapacityCsv.read(file());

    assertThat(read).hasSameSizeAs(trials);
    String written = Files.readString(file());
    Files.delete(file());
    CapacityCsv.append(file(), read, form);
    assertThat(Files.readString(file())).isEqualTo(written);
    for (int i = 0; i < trials.size(); i++) {
      assertThat(read.get(i).outcome()).isEqualTo(trials.get(i).outcome());
      assertThat(read.get(i).reason()).isEqualTo(trials.get(i).reason());
      assertThat(read.get(i).rate().askedPerS()).isEqualTo(trials.get(i).rate().askedPerS());
    }
  }

  @ParameterizedTest
  @EnumSource(CsvForm.class)
  void whatIsUnknownIsEmptyAndReadAsUnknown(CsvForm form) {
    CapacityCsv.append(file(), List.of(BARE), form);

    assertThat(CapacityCsv.read(file())).containsExactly(BARE);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`a, b; c`",
        "`say \"no\", twice`",
        "`two\nlines\r\nand a\ttab`",
        "`=1+1`",
        "`-1 is less`",
        "`a back\\slash`",
        "`日本 ≥ 3`",
        "`1.234`",
      })
  void aReasonKeepsItsCharacters(String reason) {
    Trial trial = because(reason);

    CapacityCsv.append(file(), List.of(trial, trial), CsvForm.COMMA);

    assertThat(CapacityCsv.read(file())).containsExactly(trial, trial);
  }

  @Test
  void anOpenP99HasItsLowerBoundAlone() {
    Trial open =
        new Trial(
            2,
            "",
            BARE.rate(),
            5_000_000_000L,
            new Trial.Lag(1_000L, 0L, null, 30_000_000_000L, null, 30_000_000_000L, 5_000, 70),
            Trial.Growth.UNKNOWN,
            null,
            TrialOutcome.REFUTED,
            "70 never seen",
            null,
            null,
            null);

    CapacityCsv.append(file(), List.of(open), CsvForm.POINT);

    assertThat(CapacityCsv.read(file())).containsExactly(open);
  }

  @Test
  void aFileIsInOneFormThroughout() throws Exception {
    CapacityCsv.append(file(), SampleCapacity.trials(null, 1).subList(0, 1), CsvForm.COMMA);
    CapacityCsv.append(file(), SampleCapacity.trials(null, 1).subList(1, 2), CsvForm.POINT);

    assertThat(CsvFiles.read(file(), ';'))
        .hasSize(3)
        .allSatisfy(row -> assertThat(row).hasSize(27));
  }

  @Test
  void aRowThatAKilledRunLeftHalfIsNotThereAndTheNextTakesItsPlace() throws Exception {
    CapacityCsv.append(file(), List.of(because("one"), because("two \"2\"")), CsvForm.POINT);
    String whole = Files.readString(file());
    int second = whole.indexOf("\r\n", whole.indexOf("one")) + 2;
    for (int end = second; end < whole.length() - 1; end++) {
      Files.writeString(file(), whole.substring(0, end));
      assertThat(CapacityCsv.read(file())).containsExactly(because("one"));
    }

    CapacityCsv.append(file(), List.of(because("two \"2\"")), CsvForm.POINT);

    assertThat(Files.readString(file())).isEqualTo(whole);
  }

  @Test
  void aFileOfASpreadsheetIsRead() throws Exception {
    CapacityCsv.append(file(), List.of(because("no")), CsvForm.POINT);
    Files.writeString(file(), "\uFEFF" + Files.readString(file()).replace("\r\n", "\n"));

    assertThat(CapacityCsv.read(file())).containsExactly(because("no"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "trial,asked_ops_per_s,outcome/1,5,sustained/2,x,refuted"
            + "| capacity.csv, row 3, asked_ops_per_s: `x` is no number",
        "trial,asked_ops_per_s,outcome/1,,sustained"
            + "| capacity.csv, row 2, asked_ops_per_s: `` is no number from 1 on",
        "trial,asked_ops_per_s,outcome/0,5,sustained"
            + "| capacity.csv, row 2, trial: `0` is no number from 1 on",
        "trial,asked_ops_per_s,outcome/1,5,good"
            + "| capacity.csv, row 2, outcome: `good` is no outcome of a trial",
        "trial,asked_ops_per_s,outcome/1,5,refuted"
            + "| capacity.csv, row 2, a trial that was not sustained says why",
        "trial,asked_ops_per_s,outcome,gap_slope_bytes_per_s,gap_slope_low,gap_slope_high"
            + "/1,5,sustained,1,9,3"
            + "| capacity.csv, row 2, gap_slope_low: the limits of a slope are the wrong way round",
        "trial,outcome/1,sustained"
            + "| capacity.csv is no capacity.csv of ours: it has no column asked_ops_per_s",
        "/ | capacity.csv is no capacity.csv of ours: it has no column trial",
      })
  void whatIsBrokenIsNamedInOneLine(String text, String says) throws Exception {
    Files.writeString(file(), text.replace('/', '\n') + "\n");

    assertThatThrownBy(() -> CapacityCsv.read(file()))
        .isInstanceOf(ReportFailure.class)
        .hasMessage(folder + "/" + says);
  }

  @Test
  void aFileThatIsNoCsvIsSaidToBeNone() throws Exception {
    Files.writeString(file(), "trial,asked_ops_per_s,outcome\n1,\"5\"x,sustained\n");

    assertThatThrownBy(() -> CapacityCsv.read(file()))
        .isInstanceOf(ReportFailure.class)
        .hasMessageStartingWith(file() + " is no CSV file (")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> CapacityCsv.read(file()))
        .isInstanceOf(ReportFailure.class)
        .hasMessageContaining("cannot read " + file());
  }

  @Test
  void ofAKilledRunTheFileMayHaveATrialMoreEvenWhereItHadFinishedBefore() {
    List<Trial> trials = SampleCapacity.trials(null, 1);
    CapacityCsv.append(file(), trials, CsvForm.POINT);
    CapacityReport saved = SampleCapacity.report(List.of(), trials.subList(0, 15));

    for (RunReport run :
        List.of(
            SampleCapacity.run("r", saved).build(),
            SampleRuns.bare("r", "capacity").capacity(saved).build())) {
      List<Trial> all = CapacityCsv.all(file(), run);

      assertThat(all.subList(0, 15)).isEqualTo(saved.trials());
      assertThat(all).hasSize(16).last().extracting(Trial::trial).isEqualTo(16);
    }
  }

  @Test
  void aFileWithFewerTrialsThanTheReportAddsNone() {
    List<Trial> trials = SampleCapacity.trials(null, 1);
    CapacityReport saved = SampleCapacity.report(List.of(), trials);
    RunReport run = SampleCapacity.run("r", saved).build();

    assertThat(CapacityCsv.all(file(), run)).isEqualTo(trials);
    CapacityCsv.append(file(), trials.subList(0, 3), CsvForm.POINT);
    assertThat(CapacityCsv.all(file(), run)).isEqualTo(trials);
  }

  /** It was killed within the rows of the second trial. */
  @Test
  void ofSeveralReplicasAsManyRowsAreKeptAsTheFileHas() {
    CapacityReport two = Objects.requireNonNull(SampleCapacity.ofTwo("r").build().capacity());
    CapacityCsv.append(file(), two.trials().subList(0, 3), CsvForm.POINT);
    CapacityReport saved = SampleCapacity.report(List.of(), two.trials().subList(0, 2));

    assertThat(CapacityCsv.all(file(), SampleCapacity.run("r", saved).build()))
        .extracting(Trial::trial)
        .containsExactly(1, 1, 2);
  }

  private Path file() {
    return folder.resolve("capacity.csv");
  }

  private static Trial because(String reason) {
    return new Trial(
        1,
        "",
        BARE.rate(),
        0,
        Trial.Lag.UNKNOWN,
        Trial.Growth.UNKNOWN,
        null,
        TrialOutcome.REFUTED,
        reason,
        null,
        null,
        null);
  }
}
