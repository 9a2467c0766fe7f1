package io.syncanalyzer.report.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.report.SampleCapacity;
import io.syncanalyzer.report.SampleRuns;
import io.syncanalyzer.report.files.RunFolder;
import io.syncanalyzer.result.RunReport;
import io.syncanalyzer.result.RunReportBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTest {
  private static final RunFolder FOLDER = new RunFolder(Path.of("results"), "r");

  @Test
  void howItEndedComesFirstAndThenWhatToDo() {
    String summary = of(SampleRuns.whole("r").verify(SampleRuns.different()));

    List<String> lines = summary.lines().filter(line -> !line.isEmpty()).toList();
    assertThat(lines.get(0)).isEqualTo("## Not equal · exit status 1");
    assertThat(lines.get(1)).startsWith("**Not equal: 12 keys differ (3 missing on replica,");
    assertThat(lines.get(2)).startsWith("**What to do:** mismatches.csv names every key");
  }

  @Test
  void theLagHasBothBoundsAndItsAccountingAsOnTheScreen() {
    assertThat(of(SampleRuns.whole("r")))
        .contains("| ms | p50 | p99 | p99.9 | max | n |\n| --- | ---: |")
        .contains("| load | 0.18 .. 0.31 | 0.55 .. 0.97 |")
        .contains("- 20,000 scheduled = 20,000 observed + 0 censored + 0 failed + 0 unknown;")
        .contains("| equal | 1,200,345 |")
        .contains("`results/r/report.html`");
  }

  @Test
  void whatWasNeverSeenIsOpenAndWhatIsNotKnownIsEmpty() {
    assertThat(of(SampleRuns.whole("r").lag(SampleRuns.lag(1, 3))))
        .contains(" | &gt;= 30000 | 20,000 |")
        .contains("+ 3 censored +");
    assertThat(of(SampleRuns.bare("r", "verify").failure("nothing listens")))
        .startsWith("## Could not run · exit status 5\n\n**Could not run: nothing listens**\n")
        .doesNotContain("### Lag", "### Verification");
  }

  @Test
  void keysAndNoValuesAreInIt() {
    String summary = of(SampleRuns.whole("r").verify(SampleRuns.different()));

    assertThat(summary)
        .contains(
            "| `</script><img src=x onerror=alert(1)>` | value differs | 0 | string | string |")
        .contains("| the empty key |")
        .doesNotContain("bytes`", "=1+1");
  }

  @Test
  void howeverMuchWasFoundItStaysSmallAndSaysHowMuchMoreThereIs() {
    RunReportBuilder run = SampleRuns.whole("r");
    run.verify(SampleRuns.different(30_000, Bytes.utf8("|".repeat(4_000))));
    for (int i = 0; i < 500; i++) {
      run.warning(i + "<".repeat(3_000));
    }
    run.failure("|".repeat(100_000));
    String summary = of(run);

    assertThat(summary.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(200_000);
    assertThat(summary).contains("29,970 more in mismatches.csv.").contains("- 488 more in report");
  }

  @Test
  void aSearchForCapacityHasItsIntervalAndItsTrials() {
    assertThat(of(SampleCapacity.run("r")))
        .contains("Sustains between 41,499 and 45,255 writes/s")
        .contains("| 1 | 2,000 | 1,999 |")
        .contains("| sustained |  |")
        .contains("| refuted | ");
  }

  private static String of(RunReportBuilder run) {
    RunReport report = run.build();
    return Summary.of(report, FOLDER);
  }
}
