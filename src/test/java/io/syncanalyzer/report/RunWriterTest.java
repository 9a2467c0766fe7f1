package io.syncanalyzer.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.LosslessText;
import io.syncanalyzer.report.files.CsvForm;
import io.syncanalyzer.report.files.RunFolder;
import io.syncanalyzer.report.files.RunReader;
import io.syncanalyzer.report.screen.Screen;
import io.syncanalyzer.result.RunReport;
import io.syncanalyzer.result.capacity.Trial;
import io.syncanalyzer.result.verify.Mismatch;
import io.syncanalyzer.result.verify.VerifyReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunWriterTest {
  @TempDir Path results;

  @Test
  void aWholeRunLeavesEveryFile() throws Exception {
    RunFolder folder = folder("whole");
    SampleRuns.writeHlog(folder.lagHlog());

    SampleRuns.write(folder, SampleRuns.whole("whole").build(), SampleRuns.mismatches());

    assertThat(content(folder).keySet())
        .containsExactlyInAnyOrder(
            "summary.csv",
            "load.csv",
            "load_timeline.csv",
            "inserts.csv",
            "lag.csv",
            "lag_accounting.csv",
            "lag_timeline.csv",
            "episodes.csv",
            "lag.hlog",
            "lag_upper_ms.hgrm",
            "lag_lower_ms.hgrm",
            "lag_intended_ms.hgrm",
            "lag_baseline_upper_ms.hgrm",
            "lag_baseline_lower_ms.hgrm",
            "lag_floor_upper_ms.hgrm",
            "lag_floor_lower_ms.hgrm",
            "verify.csv",
            "mismatches.csv",
            "verify_partitions.csv",
            "run.json",
            "report.html");
    assertThat(results.resolve("runs.csv")).exists();
  }

  @Test
  void aPartThatDidNotRunLeavesNoFile() throws Exception {
    RunFolder folder = folder("failed");

    SampleRuns.write(
        folder, SampleRuns.bare("failed", "load").failure("no memtier").build(), List.of());

    assertThat(content(folder).keySet())
        .containsExactlyInAnyOrder("summary.csv", "run.json", "report.html");
  }

  @Test
  void everyKeyIsRestoredByteForByteFromTheCsv() throws Exception {
    RunFolder folder = folder("nasty");
    RunReport run = SampleRuns.whole("nasty").verify(SampleRuns.different()).build();

    SampleRuns.write(folder, run, SampleRuns.mismatches());

    List<List<String>> rows = CsvFiles.read(folder.mismatchesCsv());
    assertThat(rows.stream().skip(1).map(row -> LosslessText.parse(row.get(1))))
        .containsExactlyElementsOf(SampleRuns.NASTY_KEYS);
    assertThat(rows.stream().skip(1).flatMap(List::stream))
        .noneMatch(cell -> cell.matches("(?s)[=+@\\t\\r].*"))
        .noneMatch(cell -> cell.startsWith("-"));
  }

  @Test
  void unknownIsAnEmptyCellAndAnOpenPercentileHasItsLowerBound() throws Exception {
    RunFolder folder = folder("censored");
    RunReport run =
        SampleRuns.whole("censored").lag(SampleRuns.lag(1, 3)).limits(List.of()).build();

    SampleRuns.write(folder, run, List.of());

    List<List<String>> rows = CsvFiles.read(folder.file("lag.csv"));
    assertThat(rows)
        .contains(
            List.of("load", "99.99", "", "", "", "20000", "", "", ""),
            List.of("load", "max", "", "30000000", "", "20000", "", "", ""),
            List.of("load", "50", "310", "180", "341", "20000", "", "", ""));
    assertThat(CsvFiles.read(folder.file("summary.csv")))
        .contains(
            List.of("lag", "load_max_upper", "", "us"),
            List.of("lag", "load_max_lower", "30000000", "us"),
            List.of("lag", "load_max_intended", "", "us"))
        .noneMatch(row -> row.get(1).startsWith("load_p9999"));
    assertThat(RunReader.read(folder)).isEqualTo(run);
    assertThat(Screen.of(run, folder, false)).contains(">= 30000");
    assertThat(Files.readString(folder.reportHtml()).contains(">&gt;&#x3D; 30,000</td>")).isTrue();
  }

  /** Runs of before had one text in all three figures; it was a lower bound. */
  @Test
  void anOpenPercentileOfAnEarlierVersionIsReadAsOne() throws Exception {
    RunFolder folder = folder("earlier");
    RunReport run = SampleRuns.whole("earlier").lag(SampleRuns.lag(1, 3)).limits(List.of()).build();
    SampleRuns.write(folder, run, List.of());
    String json = Files.readString(folder.runJson());
    String earlier =
        json.replace(
            "\"lower\":3.0E7,",
            "\"upper\":\">= 30000000\",\"lower\":\">= 30000000\","
                + "\"intended\":\">= 30000000\",");
    assertThat(earlier.contains("\"upper\":\">= 30000000\"")).isTrue();
    Files.writeString(folder.runJson(), earlier);

    assertThat(RunReader.read(folder)).isEqualTo(run);
  }

  @ParameterizedTest
  @ValueSource(strings = {"de-DE", "ar-EG", "hi-IN-u-nu-deva", "tr-TR"})
  void noLocaleChangesAByte(String locale) throws Exception {
    RunReport run = SampleRuns.whole("here").build();
    Locale before = Locale.getDefault();
    Map<String, String> there;
    String screen;
    try {
      Locale.setDefault(Locale.forLanguageTag(locale));
      there = write("there", run);
      screen = Screen.of(run, folder("screen"), false);
    } finally {
      Locale.setDefault(before);
    }

    assertThat(there).isEqualTo(write("here", run));
    assertThat(screen).contains("41,000 writes/s").contains("0.18 .. 0.31");
  }

  @Test
  void pageAndCsvAreRebuiltIdenticallyFromTheRecord() throws Exception {
    RunFolder folder = folder("rebuilt");
    SampleRuns.writeHlog(folder.lagHlog());
    RunReport run = SampleRuns.whole("rebuilt").verify(SampleRuns.different()).build();
    SampleRuns.write(folder, run, SampleRuns.mismatches());
    Map<String, String> before = content(folder);
    for (String name : before.keySet()) {
      if (name.endsWith(".csv") || name.endsWith(".html")) {
        Files.delete(folder.file(name));
      }
    }

    RunReport restored = RunReader.read(RunFolder.existing(results, "rebuilt"));
    new RunWriter(folder, Optional.empty()).rebuild(restored);

    assertThat(restored).isEqualTo(run);
    assertThat(content(folder)).isEqualTo(before);
  }

  @Test
  void aSearchForCapacityIsReadBackAndRebuiltIdentically() throws Exception {
    for (RunReport run :
        List.of(SampleCapacity.run("one").build(), SampleCapacity.ofTwo("two").build())) {
      RunFolder folder = folder(run.runId());
      RunWriter writer = new RunWriter(folder, Optional.empty());
      List<Trial> trials = Objects.requireNonNull(run.capacity()).trials();
      trials.forEach(trial -> writer.trial(List.of(trial)));
      String whileItWentOn = Files.readString(folder.capacityCsv());
      SampleRuns.write(folder, run, List.of());
      Map<String, String> before = content(folder);
      Files.delete(folder.capacityCsv());
      Files.delete(folder.reportHtml());

      RunReport restored = RunReader.read(folder);
      writer.rebuild(restored);

      assertThat(restored).isEqualTo(run);
      assertThat(content(folder)).isEqualTo(before).containsEntry("capacity.csv", whileItWentOn);
    }
  }

  @Test
  void aTrialThatAKilledRunHadNoTimeToSaveStays() throws Exception {
    RunFolder folder = folder("killed");
    RunWriter writer = new RunWriter(folder, Optional.of(CsvForm.COMMA));
    List<Trial> trials = SampleCapacity.trials(null, 1);
    writer.save(
        SampleRuns.bare("killed", "capacity")
            .capacity(SampleCapacity.report(List.of(), trials.subList(0, 2)))
            .build());
    trials.subList(0, 3).forEach(trial -> writer.trial(List.of(trial)));

    new RunWriter(folder, Optional.empty()).rebuild(RunReader.read(folder));

    assertThat(CsvFiles.read(folder.capacityCsv())).hasSize(4);
  }

  @Test
  void aKilledRunIsRebuiltFromWhatItSaved() throws Exception {
    RunFolder folder = folder("killed");
    RunWriter writer = new RunWriter(folder, Optional.empty());
    writer.save(SampleRuns.bare("killed", "load-and-verify").sides(SampleRuns.sides()).build());
    SampleRuns.writeHlog(folder.lagHlog());
    Files.writeString(
        folder.lagHlog(),
        Files.readString(folder.lagHlog()).replaceFirst("(?s)[^\\n]{20}\\n$", ""));

    writer.rebuild(RunReader.read(folder));

    assertThat(Files.readString(folder.runJson()))
        .contains("\"complete\": false")
        .contains("\"why\": \"the run has not finished\"", "the lag probe has no result")
        .contains("\"exit_status\": 4");
    assertThat(Files.readString(folder.reportHtml()))
        .contains("Lag by percentile, of the sentinels seen.");
  }

  /** Gone on with after its end, and killed before it could save what it tried then. */
  @Test
  void trialsThatOnlyCapacityCsvHasOutliveARebuild() throws Exception {
    RunFolder folder = folder("gone-on");
    RunWriter writer = new RunWriter(folder, Optional.empty());
    List<Trial> trials = SampleCapacity.trials(null, 1);
    writer.trial(trials.subList(0, 14));
    SampleRuns.write(
        folder,
        SampleCapacity.run(
                "gone-on",
                SampleCapacity.report(List.of(SampleCapacity.budget(1, 1)), trials.subList(0, 14)))
            .build(),
        List.of());
    writer.trial(trials.subList(14, 16));
    String whileItWentOn = Files.readString(folder.capacityCsv());

    writer.rebuild(RunReader.read(folder));

    assertThat(Files.readString(folder.capacityCsv())).isEqualTo(whileItWentOn);
    assertThat(CsvFiles.read(folder.capacityCsv())).hasSize(17);
  }

  @Test
  void allMismatchesStreamIntoTheFileWhileTheReportKeepsAFew() throws Exception {
    int count = 5_000;
    Mismatch one = SampleRuns.mismatches().get(0);
    List<Mismatch> many = java.util.Collections.nCopies(count, one);
    RunFolder folder = folder("many");
    VerifyReport verify = SampleRuns.different();
    VerifyReport held =
        new VerifyReport(
            verify.scope(),
            verify.mode(),
            verify.fence(),
            verify.elapsedSeconds(),
            verify.sourceKeys(),
            verify.replicaKeys(),
            verify.commonKeys(),
            verify.rows(),
            many,
            List.of(),
            List.of(),
            null);

    RunWriter writer = new RunWriter(folder, Optional.empty());
    SampleRuns.write(folder, SampleRuns.whole("many").verify(held).build(), many);
    writer.rebuild(RunReader.read(folder));

    assertThat(held.mismatches()).hasSize(VerifyReport.LISTED);
    assertThat(CsvFiles.read(folder.mismatchesCsv())).hasSize(count + 1);
  }

  private Map<String, String> write(String id, RunReport run) throws Exception {
    RunFolder folder = folder(id);
    SampleRuns.writeHlog(folder.lagHlog());
    SampleRuns.write(folder, run, SampleRuns.mismatches());
    return content(folder);
  }

  private RunFolder folder(String id) {
    return RunFolder.create(results, Optional.of(id), Clock.systemUTC());
  }

  private static Map<String, String> content(RunFolder folder) throws Exception {
    Map<String, String> content = new TreeMap<>();
    try (var files = Files.list(folder.path())) {
      for (Path file : files.toList()) {
        content.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return content;
  }
}
