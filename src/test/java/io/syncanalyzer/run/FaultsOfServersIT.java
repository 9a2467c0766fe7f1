package io.syncanalyzer.run;

import static org.assertj.core.api.Assertions.assertThat;

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

/** What befalls the servers and the link between them, at each moment of a run. */
@Tag("faults")
class FaultsOfServersIT {
  /** From the fault on: what is left of the run, and each of the timeouts that apply, once. */
  private static final Duration BOUND = Duration.ofSeconds(60);

  @TempDir Path folder;

  static Stream<Arguments> matrix() {
    return Stream.of(ServerFault.values())
        .flatMap(fault -> Stream.of(Moment.values()).map(moment -> Arguments.of(fault, moment)));
  }

  @ParameterizedTest
  @CsvSource({"SOURCE_KILLED, INSERT", "REPLICA_RESTARTED, VERIFY", "OTHER_SOURCE, VERIFY"})
  void eachFaultEndsWithinItsBoundAndIsNamed(ServerFault fault, Moment moment) throws Exception {
    suffer(fault, moment);
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("matrix")
  void eachFaultAtEachMomentEndsWithinItsBoundAndIsNamed(ServerFault fault, Moment moment)
      throws Exception {
    suffer(fault, moment);
  }

  private void suffer(ServerFault fault, Moment moment) throws Exception {
    try (FaultRun run = FaultRun.start(folder, TestServers.onPath(), moment, fault.options())) {
      run.awaitMoment();
      fault.befall(run.pair());
      EndedRun ended = run.end(BOUND).print(fault, moment);
      ended.left("lag_accounting.csv", "lag_timeline.csv", "load.csv", "report.html");
      assertThat(ended.accounted("scheduled")).isPositive();
      fault.expect(run.pair(), moment, ended);
    }
  }
}
