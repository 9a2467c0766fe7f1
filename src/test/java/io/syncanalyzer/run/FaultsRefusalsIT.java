package io.syncanalyzer.run;

import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.run.FaultRun.Moment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What servers that are there refuse or throw away, at a moment of a run. */
@Tag("faults")
class FaultsRefusalsIT {
  private static final Duration BOUND = Duration.ofSeconds(60);

  @TempDir Path folder;

  static Stream<Arguments> matrix() {
    return Stream.of(Refusal.values())
        .flatMap(
            refusal -> Stream.of(Moment.values()).map(moment -> Arguments.of(refusal, moment)));
  }

  @ParameterizedTest
  @CsvSource({"SOURCE_FULL, INSERT", "FAILED_OVER, INSERT", "REPLICA_FLUSHED, VERIFY"})
  void eachRefusalEndsWithinItsBoundAndIsNamed(Refusal refusal, Moment moment) throws Exception {
    suffer(refusal, moment);
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("matrix")
  void eachRefusalAtEachMomentEndsWithinItsBoundAndIsNamed(Refusal refusal, Moment moment)
      throws Exception {
    suffer(refusal, moment);
  }

  private void suffer(Refusal refusal, Moment moment) throws Exception {
    try (FaultRun run = FaultRun.start(folder, TestServers.onPath(), moment)) {
      run.awaitMoment();
      refusal.befall(run.pair());
      EndedRun ended = run.end(BOUND).print(refusal, moment);
      refusal.expect(run.pair(), moment, ended);
    }
  }
}
