package io.syncanalyzer.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.report.SampleCapacity;
import io.syncanalyzer.report.SampleRuns;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A row a case: a run, and how what it says is to be done begins. */
class NextStepTest {
  static Stream<Arguments> cases() {
    Map<String, Supplier<RunReportBuilder>> runs =
        Map.of(
            "",
            () -> SampleRuns.whole("r"),
            "Mend what is named here, then run the same command again; with --dry-run",
            () -> finished("verify").failure("nothing listens there"),
            "Mend what is named here, then run the same command again; what was found until then is"
                + " kept. clean --run-id r removes",
            () -> SampleRuns.whole("r").failure("the replica went away"),
            "Mend what is named here, then run the same command with --resume r: its trials",
            () -> SampleCapacity.run("r").failure("the source went away"),
            "For a whole result run the same command again; what was found",
            () -> SampleRuns.whole("r").interruptedIn("verify"),
            "mismatches.csv names every key that differs",
            () -> SampleRuns.whole("r").verify(SampleRuns.different()),
            "episodes.csv has the episodes of lag",
            () ->
                SampleRuns.whole("r")
                    .limits(List.of(Limit.maxLagP99(Duration.ofNanos(1), SampleRuns.lag(1, 0)))),
            "See whether the replica's link was up",
            () -> SampleRuns.whole("r").lag(SampleRuns.lag(1, 3)),
            "It was killed or goes on still",
            () -> SampleRuns.bare("r", "verify"));
    return runs.entrySet().stream().map(one -> Arguments.of(one.getValue(), one.getKey()));
  }

  private static RunReportBuilder finished(String command) {
    return SampleRuns.bare("r", command).finished(SampleRuns.START.plusSeconds(1), 1.0);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatIsToBeDoneFollowsFromWhatHappened(Supplier<RunReportBuilder> run, String begins) {
    String next = run.get().build().verdict().next();

    assertThat(next.isEmpty()).isEqualTo(begins.isEmpty());
    assertThat(next).startsWith(begins);
  }
}
