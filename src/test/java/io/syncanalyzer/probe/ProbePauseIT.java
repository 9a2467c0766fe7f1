package io.syncanalyzer.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.RelayedPair;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.probe.figures.LagPhase;
import io.syncanalyzer.result.lag.LagCause;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProbePauseIT {
  /**
   * The probe's JVM stands still for a second: what was under way is seen late, and the probe
   * itself is named, since its hiccup thread overslept by that second. Half of it would be enough
   * for the name; 10 % is left for the signals. The link is 50 ms long, so that something always is
   * under way when the pause begins.
   */
  @Test
  void aPauseOfTheProbesOwnJvmIsNamedAsSuch() throws Exception {
    try (RelayedPair pair = RelayedPair.start(TestServers.onPath())) {
      pair.relay().delay(Duration.ofMillis(50));
      Process probe =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  ProbeProcess.class.getName(),
                  Integer.toString(pair.source().port()),
                  Integer.toString(pair.replica().port()))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try (BufferedReader out =
          new BufferedReader(
              new InputStreamReader(probe.getInputStream(), StandardCharsets.UTF_8))) {
        assertThat(out.readLine()).isEqualTo("measuring");
        Thread.sleep(1500);
        RelayedPair.pause(probe.pid(), Duration.ofSeconds(1));
        LagSummary summary = LagJson.readSummary(out.readLine());
        System.out.println("== probe paused for 1 s" + TruthTables.of(summary));
        LagPhase phase = summary.phases().get(0);
        assertThat(phase.accounting().observed()).isEqualTo(phase.accounting().scheduled());
        assertThat(phase.figures().pauseMaxNanos()).isGreaterThan(900_000_000L);
        assertThat(phase.figures().slipMaxNanos()).isGreaterThan(900_000_000L);
        assertThat(LargestEpisode.of(phase).cause()).isEqualTo(LagCause.PROBE_PAUSED);
      } finally {
        probe.destroyForcibly().waitFor();
      }
    }
  }
}
