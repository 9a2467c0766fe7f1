package io.syncanalyzer.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.load.FakeMemtier;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.report.CsvFiles;
import io.syncanalyzer.run.FaultRun.Moment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
      run.end(BOUND)
          .print("INSERTS_FORK_KILLED", Moment.INSERT)
          .is(5)
          .isIncomplete()
          .says("the inserts' JMH fork", "signal 9");
    }
  }

  @Tag("long")
  @Test
  void aForkOfTheLoadThatIsKilledIsExitFive() throws Exception {
    try (FaultRun run = FaultRun.start(folder, TestServers.onPath(), Moment.INSERT)) {
      run.awaitMoment();
      forks(run).get(1).destroyForcibly();
      run.end(BOUND)
          .print("LOADS_FORK_KILLED", Moment.INSERT)
          .is(5)
          .isIncomplete()
          .says("the load's JMH fork", "signal 9");
    }
  }

  @Tag("long")
  @Test
  void aForkThatHangsIsEndedAfterItsSilence() throws Exception {
    try (FaultRun run = FaultRun.start(folder, TestServers.onPath(), Moment.INSERT)) {
      run.awaitMoment();
      signal(forks(run).get(0), "STOP");
      run.end(BOUND)
          .print("INSERTS_FORK_HANGS", Moment.INSERT)
          .is(5)
          .isIncomplete()
          .says("said nothing for 20 s");
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
      EndedRun ended =
          run.end(BOUND)
              .print("MEMTIER_KILLED", Moment.INSERT)
              .is(5)
              .isIncomplete()
              .says("was ended by SIGKILL");
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
      ExitStatusOfFiles.of(run.results(), Optional.empty()).areAll(5, "No space left on device");
    }
  }

  @Test
  void aDiskThatIsFullAtTheVerificationIsExitFiveAndSaidAndWhatItTookIsWhole() throws Exception {
    fillTheDisk(Moment.VERIFY);
  }

  @Tag("long")
  @ParameterizedTest
  @EnumSource(Moment.class)
  void aDiskThatIsFullAtAnyMomentIsExitFiveAndSaidAndWhatItTookIsWhole(Moment moment)
      throws Exception {
    fillTheDisk(moment);
  }

  private void fillTheDisk(Moment moment) throws Exception {
    SmallDisk disk = SmallDisk.on(folder.resolve("results"));
    try (FaultRun run = FaultRun.startOn(disk, folder, TestServers.onPath(), moment)) {
      run.awaitMoment();
      disk.fill(run.jar().handle());
      EndedRun ended = run.endOnFull(disk, BOUND).print("DISK_FULL", moment).is(5);
      assertThat(ended.said()).contains("No space left on device", "exit status 5");
      assertThat(sentinelsOf("r", run)).isZero();
    }
  }

  @Tag("long")
  @ParameterizedTest
  @EnumSource(Moment.class)
  void ctrlCAtAnyMomentIsExit130AndRemovesTheSentinels(Moment moment) throws Exception {
    try (FaultRun run = FaultRun.start(folder, TestServers.onPath(), moment)) {
      run.awaitMoment();
      run.jar().interrupt();
      run.end(BOUND)
          .print("CTRL_C", moment)
          .is(130)
          .isIncomplete()
          .headlineSays("Interrupted in ", "what was measured until then is kept")
          .left("lag_accounting.csv", "lag_timeline.csv", "load.csv", "report.html");
      assertThat(sentinelsOf("r", run)).isZero();
    }
  }

  @Test
  void ctrlCAtTheVerificationKeepsTheMismatchesFound() throws Exception {
    try (FaultRun run =
        FaultRun.start(folder, TestServers.onPath(), Moment.VERIFY, "--rate", "2000")) {
      run.loseOnReplica("mine:*");
      run.awaitMoment();
      run.awaitFile("verify/verify-checkpoint.json");
      run.jar().interrupt();
      EndedRun ended = run.end(BOUND).is(130).isIncomplete().left("verify.csv", "mismatches.csv");
      List<List<String>> mismatches = CsvFiles.read(run.results().resolve("mismatches.csv"));
      assertThat(mismatches).hasSizeGreaterThan(1);
      assertThat(Files.readString(run.results().resolve("verify.csv")))
          .contains("string,MISSING_ON_REPLICA," + (mismatches.size() - 1) + ",");
      assertThat(ended.json().getAsJsonObject("verify")).isNotNull();
    }
  }

  @Tag("long")
  @Test
  void aMemtierThatHangsIsEndedByTheWatchdogAndTheLagIsKept() throws Exception {
    Path memtier =
        FakeMemtier.in(
            folder,
            "trap '' INT TERM; n=0; while [ $n -lt 5 ]; do n=$((n+1)); progress $n; sleep 0.2;"
                + " done; while :; do sleep 1; done");
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
      EndedRun ended = run.end(BOUND).print("MEMTIER_HANGS", Moment.INSERT);
      ended.is(5).isIncomplete().headlineSays("memtier");
      assertThat(ended.accounted("observed")).isEqualTo(ended.accounted("scheduled"));
    }
  }

  @Test
  void twoRunsAtOnceAreEachRightAndEachRemovesOnlyItsOwnSentinels() throws Exception {
    try (FaultRun run = FaultRun.start(folder, TestServers.onPath(), Moment.INSERT);
        AnalyzerJar other = run.startBeside("s", "--load-engine", "none", "--duration", "25s")) {
      run.awaitMoment();
      EndedRun first = run.end(BOUND).print("TWO_RUNS", Moment.INSERT).is(0).isComplete();
      assertThat(first.accounted("observed")).isEqualTo(first.accounted("scheduled"));
      assertThat(other.handle().isAlive()).describedAs(other.err()).isTrue();
      assertThat(sentinelsOf("r", run)).isZero();
      assertThat(sentinelsOf("s", run)).isPositive();

      assertThat(other.await(BOUND)).describedAs(other.out() + other.err()).isZero();
      EndedRun second =
          EndedRun.check(
              new EndedRun.Finished(
                  0, BOUND, other.out() + other.err(), folder.resolve("tmp-s"), Set.of()),
              folder.resolve("results/s"));
      assertThat(second.isComplete().accounted("observed"))
          .isEqualTo(second.accounted("scheduled"));
      assertThat(sentinelsOf("s", run)).isZero();
    }
  }

  /** How many sentinels of that run are on the source. */
  private static long sentinelsOf(String runId, FaultRun run) {
    try (RedisConnection source = RedisConnection.open(run.pair().source())) {
      return source.expect("EVAL", "return #redis.call('KEYS', ARGV[1])", "0", "sa:" + runId + ":*")
              instanceof Reply.Int count
          ? count.value()
          : -1;
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
