package io.syncanalyzer.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.load.FakeMemtier;
import io.syncanalyzer.redis.RedisConnection;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.run.FaultRun.Moment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

  @Test
  void aDiskThatIsFullFromTheInsertsOnIsExitFiveAndTheScreenIsThere() throws Exception {
    aDiskThatIsFullFrom(Moment.INSERT);
  }

  @Tag("long")
  @ParameterizedTest
  @EnumSource(Moment.class)
  void aDiskThatIsFullFromAnyMomentOnIsExitFive(Moment moment) throws Exception {
    aDiskThatIsFullFrom(moment);
  }

  /** A real one: a tmpfs of a few megabytes. */
  private void aDiskThatIsFullFrom(Moment moment) throws Exception {
    SmallDisk disk = SmallDisk.in(folder);
    try (FaultRun run =
        FaultRun.start(
            folder,
            TestServers.onPath(),
            moment,
            disk.launcher(),
            "--results",
            disk.mountPoint().toString())) {
      run.awaitMoment();
      ProcessHandle java = run.jar().handle().children().findFirst().orElseThrow();
      disk.fill(java);
      EndedRun ended = run.endUnwritten(BOUND);
      ended.is(5).isIncomplete();
      assertThat(ended.said()).contains("No space left on device", "exit status 5");
    }
  }

  @Tag("long")
  @ParameterizedTest
  @EnumSource(Moment.class)
  void anInterruptAtAnyMomentIsExit130AndWhatThereIsIsKept(Moment moment) throws Exception {
    try (FaultRun run = FaultRun.start(folder, TestServers.onPath(), moment)) {
      run.awaitMoment();
      run.jar().interrupt();
      EndedRun ended = run.end(Duration.ofSeconds(20)).is(130).isIncomplete();
      ended.left("summary.csv", "report.html", "lag_accounting.csv").says("interrupted");
    }
  }

  @Test
  void aMemtierThatHangsIsEndedByItsWatchdogAndTheLagIsKept() throws Exception {
    Path memtier = FakeMemtier.in(folder, "progress 1000; while :; do sleep 1; done");
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
      EndedRun ended = run.end(BOUND).is(5).isIncomplete();
      ended.says("memtier");
      assertThat(ended.accounted("observed")).isPositive();
    }
  }

  @Test
  void twoRunsAtOnceOnOnePairAreBothRightAndRemoveOnlyTheirOwn() throws Exception {
    Path second = Files.createDirectory(folder.resolve("second"));
    try (FaultRun run = FaultRun.start(folder, TestServers.onPath(), Moment.INSERT)) {
      run.awaitMoment();
      try (AnalyzerJar other =
          AnalyzerJar.start(
              second,
              Map.of(),
              "probe",
              "--source",
              "redis://" + run.pair().source().address(),
              "--replica",
              "redis://" + run.pair().replica().address(),
              "--run-id",
              "other",
              "--duration",
              "15s",
              "--warmup",
              "1s",
              "--sentinel-rate",
              "240")) {
        other.awaitSaid("probe: begins", BOUND);
        EndedRun ended = run.end(BOUND).is(0).isComplete();
        assertThat(ended.accounted("observed")).isEqualTo(ended.accounted("scheduled"));
        assertThat(other.await(BOUND)).describedAs(other.err()).isZero();
      }
      try (RedisConnection source = RedisConnection.open(run.pair().source())) {
        assertThat(source.expect("EVAL", "return #redis.call('KEYS', 'sa:r:*')", "0"))
            .isEqualTo(new Reply.Int(0));
        assertThat(source.expect("EVAL", "return #redis.call('KEYS', 'sa:other:*')", "0"))
            .isEqualTo(new Reply.Int(0));
      }
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
