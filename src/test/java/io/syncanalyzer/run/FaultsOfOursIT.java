package io.syncanalyzer.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.load.FakeMemtier;
import io.syncanalyzer.run.FaultRun.Moment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What befalls our own processes and our own disk in mid-run. */
@Tag("faults")
class FaultsOfOursIT {
  private static final Duration BOUND = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void aForkOfTheInsertsThatIsKilledIsExitFive() throws Exception {
    try (FaultRun run = FaultRun.start(folder, TestServers.onPath(), Moment.INSERT)) {
      run.awaitMoment();
      forks(run).get(0).destroyForcibly();
      run.end(BOUND).is(5).isIncomplete().says("the inserts' JMH fork", "signal 9");
    }
  }

  @Tag("long")
  @Test
  void aForkOfTheLoadThatIsKilledIsExitFive() throws Exception {
    try (FaultRun run = FaultRun.start(folder, TestServers.onPath(), Moment.INSERT)) {
      run.awaitMoment();
      forks(run).get(1).destroyForcibly();
      run.end(BOUND).is(5).isIncomplete().says("the load's JMH fork", "signal 9");
    }
  }

  @Tag("long")
  @Test
  void aForkThatHangsIsEndedAfterItsSilence() throws Exception {
    try (FaultRun run = FaultRun.start(folder, TestServers.onPath(), Moment.INSERT)) {
      run.awaitMoment();
      signal(forks(run).get(0), "STOP");
      run.end(BOUND).is(5).isIncomplete().says("said nothing for 20 s");
    }
  }

  @Test
  void aMemtierThatIsKilledIsExitFiveAndTheLagIsKept() throws Exception {
    Path memtier =
        FakeMemtier.in(
            folder,
            "n=0; while :; do n=$((n+1)); progress $n; sleep 0.2; [ $n -lt 20 ] || kill -9 $$;"
                + " done");
    try (FaultRun run =
        FaultRun.start(
            folder,
            TestServers.onPath(),
            Moment.INSERT,
            "--load-engine",
            "memtier",
            "--memtier",
            memtier.toString(),
            "--load-threads",
            "1")) {
      run.awaitMoment();
      EndedRun ended = run.end(BOUND).is(5).isIncomplete().says("was ended by SIGKILL");
      assertThat(ended.accounted("observed")).isPositive();
    }
  }

  @Test
  void aDiskThatTakesNoMoreIsExitFiveAndTheScreenAndTheOtherFilesAreThere() throws Exception {
    try (FaultRun run = FaultRun.start(folder, TestServers.onPath(), Moment.INSERT)) {
      run.awaitMoment();
      // Where the file is written before it is moved into its place.
      Files.createSymbolicLink(run.results().resolve(".report.html.part"), Path.of("/dev/full"));
      EndedRun ended =
          run.end(BOUND)
              .is(5)
              .isIncomplete()
              .says("cannot write", "report.html", "No space left on device")
              .left("summary.csv", "lag.csv", "mismatches.csv");
      assertThat(ended.said()).contains("exit status 5");
      assertThat(folder.resolve("results/runs.csv")).isNotEmptyFile();
    }
  }

  /** The JMH forks of a run, the inserts' first. */
  private static List<ProcessHandle> forks(FaultRun run) {
    List<ProcessHandle> forks =
        run.jar()
            .handle()
            .children()
            .filter(child -> child.info().commandLine().orElse("").contains("analyzer.control"))
            .sorted(Comparator.comparingLong(ProcessHandle::pid))
            .toList();
    assertThat(forks).hasSize(2);
    return forks;
  }

  private static void signal(ProcessHandle process, String name)
      throws IOException, InterruptedException {
    assertThat(
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor())
        .isZero();
  }
}
