package io.syncanalyzer.run;

import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.run.FaultRun.Moment;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("faults")
class FaultsOfServersIT {
  @TempDir Path folder;

  @Test
  void aSourceThatIsKilledWhileSentinelsAreWrittenIsExitFive() throws Exception {
    try (FaultRun run = FaultRun.start(folder, TestServers.onPath(), Moment.INSERT)) {
      run.awaitMoment();
      run.pair().sourceServer().close();
      run.end(Duration.ofSeconds(60)).is(5).isIncomplete().says(run.pair().source().address());
    }
  }
}
