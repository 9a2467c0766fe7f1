package io.syncanalyzer.report.screen;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.syncanalyzer.report.RunWriter;
import io.syncanalyzer.report.SampleCapacity;
import io.syncanalyzer.report.SampleRuns;
import io.syncanalyzer.report.files.RunFolder;
import io.syncanalyzer.result.LoadReport;
import io.syncanalyzer.result.RunReport;
import io.syncanalyzer.result.capacity.Trial;
import io.syncanalyzer.result.load.Latency;
import io.syncanalyzer.result.load.LoadRow;
import io.syncanalyzer.result.verify.ReplicaTotals;
import io.syncanalyzer.result.verify.VerifyReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {
  private static final RunFolder FOLDER = new RunFolder(Path.of("results"), "20261122T203512Z");

  @Test
  void theLastScreenSaysWhatWasFoundWithBothBounds() {
    String screen = Screen.of(SampleRuns.whole("r").build(), FOLDER, false);

    assertThat(screen)
        .contains("memtier 2.3.1  41,000 writes/s  820,000 in 20.0 s")
        .contains("load      0.18 .. 0.31      0.55 .. 0.97")
        .contains("20,000 scheduled = 20,000 observed + 0 censored + 0 failed + 0 unknown")
        .contains("round trip 0.11 ms to the source, 200 ms to the replica")
        .contains("drain    0.21 s  (replication offset)")
        .contains("source 1,200,345, replica 1,200,345, common 1,200,345")
        .contains("kept   0 sentinels never seen")
        .contains("Equal. p99 lag between 0.55 and 0.97 ms at 41,000 writes/s")
        .endsWith("page " + FOLDER.reportHtml() + System.lineSeparator());
  }

  @Test
  void aSearchForCapacityHasItsTrialsAndWhatTheyMean() {
    String screen = Screen.of(SampleCapacity.run("r").build(), FOLDER, false);

    assertThat(screen)
        .contains("capacity What is the highest rate that the replica sustains within p99 50 ms?")
        .contains("  11      41,499      39,870  ")
        .contains("invalid    the generator reached 39,870 of")
        .contains("  15      45,255      45,223  >= ")
        .contains("Up to 41,499")
        .doesNotContain("         load ")
        .contains("baseline  0.09 .. 0.16");
    assertThat(screen.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    assertThat(screen).matches("\\p{ASCII}*");
  }

  @Test
  void ofManyTrialsTheLastOnesAreShown() {
    List<Trial> trials = new ArrayList<>(SampleCapacity.trials(null, 1));
    trials.addAll(SampleCapacity.trials(null, 1));

    String screen =
        Screen.of(
            SampleCapacity.run(
                    "r", SampleCapacity.report(List.of(SampleCapacity.interval()), trials))
                .build(),
            FOLDER,
            false);

    assertThat(screen).contains("8 trials before these in report.html");
  }

  @Test
  void itFitsAScreenWhateverIsFound() {
    String longText = "x".repeat(250) + " and " + "words ".repeat(40);
    RunReport run =
        SampleRuns.whole("r")
            .verify(SampleRuns.different())
            .warning(longText)
            .warning("second")
            .warning("third")
            .warning("fourth")
            .warning("fifth")
            .failure(longText)
            .build();

    List<String> lines = Screen.of(run, FOLDER, false).lines().toList();

    assertThat(lines).hasSizeLessThanOrEqualTo(45);
    assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    assertThat(String.join("", lines)).matches("\\p{ASCII}*");
  }

  @Test
  void ofSeveralShardsTheWorstIsNamed() {
    RunReport run = SampleRuns.whole("r").lag(SampleRuns.ofShards("10.0.0.1:7001", 250)).build();

    assertThat(Screen.of(run, FOLDER, false))
        .contains("worst of 2 shards: p99 ")
        .contains("250.0 ms, 10.0.0.1:7001");
    assertThat(Screen.of(SampleRuns.whole("r").build(), FOLDER, false)).doesNotContain("worst");
  }

  @Test
  void coloursAreUsedOnlyWhereAsked() {
    RunReport run = SampleRuns.whole("r").build();

    assertThat(Screen.of(run, FOLDER, false)).doesNotContain("\u001b");
    assertThat(Screen.of(run, FOLDER, true)).contains("\u001b[1;32mEqual.");
  }

  @Test
  void eachOfSeveralReplicasHasItsLineAndTheWorstIsNamed() {
    VerifyReport several =
        SampleRuns.different()
            .ofReplicas(
                List.of(
                    new ReplicaTotals("a:1", 10L, 10, 0, 0, 0, null, false),
                    new ReplicaTotals("b:2", 10L, 7, 2, 1, 0, null, false),
                    new ReplicaTotals("c:3", 9L, 6, 3, 0, 0, "stopped", false)));

    String screen = Screen.of(SampleRuns.whole("r").verify(several).build(), FOLDER, false);

    assertThat(screen)
        .contains("a:1  10 equal\n", "b:2  7 equal, 2 mismatched, 1 unsettled\n")
        .contains("c:3  6 equal, 3 mismatched; not complete: stopped\n", "worst c:3\n")
        .contains("on 2 of 3 replicas, most on c:3");
  }

  @Test
  void aRunOfNothingStillSaysWhy() {
    RunReport run =
        SampleRuns.bare("r", "verify").failure("no such host: nowhere (source)").build();

    assertThat(Screen.of(run, FOLDER, false))
        .contains("Could not run: no such host: nowhere (source)")
        .contains("exit status 5");
  }

  @Test
  void jsonIsOneDocumentWithoutWhatIsLong() {
    RunReport run =
        SampleRuns.whole("r")
            .verify(SampleRuns.different())
            .warning(String.join("", Collections.nCopies(3, "warn ")))
            .build();

    var document = JsonParser.parseString(RunWriter.json(run)).getAsJsonObject();

    assertThat(document.get("exit_status").getAsInt()).isEqualTo(1);
    assertThat(document.getAsJsonObject("verify").has("mismatches")).isFalse();
    assertThat(document.getAsJsonObject("lag").has("timeline")).isFalse();
    assertThat(document.getAsJsonObject("lag").getAsJsonArray("percentiles")).hasSize(24);
  }

  /** What is not known is left out, and no number stands apart from its unit. */
  @Test
  void aRampWhoseLatencyNobodyKnowsHasNoQuestionMark() {
    LoadReport whole = SampleRuns.load(41_000);
    for (boolean known : new boolean[] {true, false}) {
      List<LoadRow> rows =
          whole.rows().stream().map(row -> known ? row : withoutFigures(row)).toList();
      LoadReport load =
          new LoadReport(
              "memtier",
              "2.3.1 with a build of the user's own, told at length",
              whole.profile(),
              whole.commandLines(),
              whole.seeds(),
              known ? whole.elapsedSeconds() : null,
              rows,
              whole.timeline(),
              whole.figures(),
              whole.warnings(),
              whole.incomplete());

      String screen = Screen.of(SampleRuns.whole("r").load(load).build(), FOLDER, false);

      assertThat(screen).doesNotContain("?").doesNotContainPattern("(?m)^ +ms");
      assertThat(screen.contains("p99 4.")).isEqualTo(known);
      assertThat(screen).contains("memtier 2.3.1 with a build");
    }
  }

  private static LoadRow withoutFigures(LoadRow row) {
    return new LoadRow(
        row.engine(),
        row.command(),
        row.kind(),
        LoadRow.Asked.NOTHING,
        new LoadRow.Done(null, null),
        Latency.UNKNOWN,
        null,
        new LoadRow.Errors(null, null));
  }
}
