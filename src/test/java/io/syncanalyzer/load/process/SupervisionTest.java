package io.syncanalyzer.load.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.WaitingTest;
import io.syncanalyzer.load.FakeMemtier;
import io.syncanalyzer.load.memtier.LoadFailure;
import io.syncanalyzer.load.memtier.LoadLimits;
import io.syncanalyzer.load.output.StderrReading;
import io.syncanalyzer.time.NanoClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Watching a process that does what memtier must not do, and some of what it does. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SupervisionTest {
  private static final LoadLimits LIMITS =
      new LoadLimits(
          Duration.ofMillis(2500),
          Duration.ofMillis(2500),
          Duration.ofMillis(2500),
          Duration.ofSeconds(3));

  @TempDir Path folder;

  @WaitingTest
  void oneThatHangsBeforeItsFirstOperationIsStopped() {
    Ended ended = run("exec sleep 60", Duration.ZERO);

    assertThat(ended.cause())
        .contains("memtier_benchmark did no operation in its first 2.5 s, so it was stopped");
    assertThat(ended.took()).isBetween(LIMITS.start(), Duration.ofSeconds(20));
  }

  @WaitingTest
  void theReasonItCannotConnectIsPartOfTheLine() {
    Ended ended =
        run("echo 'Connection error: Connection refused' >&2; exec sleep 60", Duration.ZERO);

    assertThat(ended.cause().orElseThrow()).contains("its first 2.5 s (Connection refused), so");
  }

  @WaitingTest
  void oneThatStallsIsStoppedAndWhatItDidIsSaid() {
    Ended ended = run("progress 100; sleep 0.3; progress 4200; exec sleep 60", Duration.ZERO);

    assertThat(ended.cause().orElseThrow())
        .contains("did no operation for 2.5 s after 4200 of them", "is the source stalled?");
  }

  @WaitingTest
  void oneThatDoesNotEndInTimeIsStopped() {
    Ended ended =
        run("n=0; while :; do n=$((n+1)); progress $n; sleep 0.1; done", Duration.ofSeconds(1));

    assertThat(ended.cause().orElseThrow()).contains("did not end 2.5 s past its 1 s");
  }

  @WaitingTest
  void sigintComesFirstSoThatResultsAreKept() throws IOException {
    Path kept = folder.resolve("kept");

    run(
        "trap 'echo results > " + kept + "; exit 0' INT; while :; do sleep 0.1; done",
        Duration.ZERO);

    assertThat(Files.readString(kept)).isEqualTo("results\n");
  }

  @WaitingTest
  void oneThatIgnoresSigintGetsSigterm() throws IOException {
    Path kept = folder.resolve("term");

    Ended ended =
        run(
            "trap '' INT; trap 'echo term > "
                + kept
                + "; exit 143' TERM; while :; do sleep 0.1; done",
            Duration.ZERO);

    assertThat(Files.readString(kept)).isEqualTo("term\n");
    assertThat(ended.took()).isGreaterThan(LIMITS.start().plus(LIMITS.grace()));
  }

  @WaitingTest
  void oneThatIgnoresBothIsKilledWithAllItsChildren() {
    Ended ended = run("trap '' INT TERM; while :; do sleep 0.1; done", Duration.ZERO);

    assertThat(ended.status()).isEqualTo(137);
    assertThat(ended.took()).isGreaterThan(LIMITS.start().plus(LIMITS.grace().multipliedBy(2)));
  }

  @WaitingTest
  void aFloodOnStderrNeitherBlocksItNorFillsTheDiskAndIsCounted() throws IOException {
    Ended ended =
        runAll(
            List.of(
                "line=\"server 127.0.0.1:1 handle error response: -ERR $(printf '%0300d' 0)\"\n"
                    + "i=0; while [ $i -lt 400 ]; do i=$((i+1)); block=\"$block$line\n\"; done\n"
                    + "i=0; while [ $i -lt 100 ]; do i=$((i+1)); printf '%s' \"$block\" >&2; done\n"
                    + "progress 5; exit 0"),
            Duration.ZERO,
            // The shell takes seconds to build its flood where the machine is busy.
            LoadLimits.DEFAULT);

    assertThat(ended.cause()).isEmpty();
    assertThat(ended.reading().errorReplies()).containsEntry("ERR", 40_000L);
    long size = Files.size(folder.resolve("stderr"));
    assertThat(size).isBetween((long) StderrPump.KEPT_BYTES, StderrPump.KEPT_BYTES + 1024L);
    assertThat(Files.readString(folder.resolve("stderr"))).endsWith("bytes more, not kept\n");
  }

  @WaitingTest
  void lineWithoutEndDoesNotFillTheMemory() {
    Ended ended = run("head -c 3000000 /dev/zero | tr '\\0' x >&2; exit 0", Duration.ZERO);

    assertThat(ended.cause()).isEmpty();
    assertThat(ended.reading().lastLine()).hasSizeLessThanOrEqualTo(201);
  }

  @WaitingTest
  void aRefusalThatWillNotPassEndsTheLoadAtOnce() {
    Ended ended =
        run(
            "echo \"server x handle error response: -READONLY You can't write\" >&2; exec sleep 60",
            Duration.ZERO);

    assertThat(ended.cause().orElseThrow())
        .startsWith("the source answered with errors: 1 READONLY");
    assertThat(ended.took()).isLessThan(LIMITS.start());
  }

  @WaitingTest
  void aRefusedLoginOnWhichMemtierHangsEndsAtOnce() {
    Ended ended =
        run(
            "echo 'error: authentication failed [-WRONGPASS no]' >&2; exec sleep 60",
            Duration.ZERO);

    assertThat(ended.cause().orElseThrow())
        .startsWith("the source refused memtier_benchmark's login: WRONGPASS");
    assertThat(ended.took()).isLessThan(LIMITS.start());
  }

  @WaitingTest
  void oneOfSeveralThatFailsEndsTheOthers() {
    Ended ended = runAll(List.of("exec sleep 60", "progress 3; kill -SEGV $$"), Duration.ZERO);

    assertThat(ended.cause()).contains("memtier_benchmark was ended by SIGSEGV");
    assertThat(ended.took()).isLessThan(Duration.ofSeconds(10));
  }

  @WaitingTest
  void anInterruptionEndsItInGoodOrderAndStaysSet() throws Exception {
    Path kept = folder.resolve("kept");
    Path ready = folder.resolve("ready");
    List<Boolean> flag = new ArrayList<>();
    List<Ended> result = new ArrayList<>();
    Thread phase =
        new Thread(
            () -> {
              result.add(
                  run(
                      "trap 'echo results > "
                          + kept
                          + "; exit 0' INT; progress 9; echo > "
                          + ready
                          + "; while :; do sleep 0.1; done",
                      Duration.ZERO));
              flag.add(Thread.currentThread().isInterrupted());
            });
    phase.start();
    while (!Files.exists(ready)) {
      Thread.sleep(10);
    }
    phase.interrupt();
    phase.join(10_000);

    assertThat(flag).containsExactly(true);
    assertThat(result.get(0).end()).isEqualTo(new StageEnd.Interrupted());
    assertThat(result.get(0).cause()).contains("interrupted");
    assertThat(Files.readString(kept)).isEqualTo("results\n");
    assertThat(result.get(0).reading().operations()).isEqualTo(9);
  }

  @WaitingTest
  void closingEndsWhatStillRuns() {
    MemtierProcess process = start("trap '' INT TERM; while :; do sleep 0.1; done", "orphan");
    assertThat(process.isAlive()).isTrue();

    process.close();
    process.stop();

    assertThat(process.isAlive()).isFalse();
  }

  @WaitingTest
  void aProgramThatCannotBeRunIsSaid() throws IOException {
    Path file = Files.writeString(folder.resolve("text"), "no program");

    assertThatThrownBy(
            () ->
                MemtierProcess.start(
                    List.of(file.toString()),
                    new MemtierProcess.Sinks(folder.resolve("stderr"), Optional.empty()),
                    new Masking(Optional.empty()),
                    List.of(),
                    NanoClock.SYSTEM,
                    LIMITS.grace()))
        .isInstanceOf(LoadFailure.class)
        .hasMessageStartingWith("cannot run " + file)
        .hasMessageNotContaining("\n");
  }

  /** How a stage ended. */
  private record Ended(StageEnd end, int status, Duration took, StderrReading reading) {
    Optional<String> cause() {
      return end.cause();
    }
  }

  private Ended run(String behaviour, Duration expected) {
    return runAll(List.of(behaviour), expected);
  }

  private Ended runAll(List<String> behaviours, Duration expected) {
    return runAll(behaviours, expected, LIMITS);
  }

  private Ended runAll(List<String> behaviours, Duration expected, LoadLimits limits) {
    long start = System.nanoTime();
    List<MemtierProcess> processes = new ArrayList<>();
    try {
      for (String behaviour : behaviours) {
        processes.add(
            start(behaviour, processes.isEmpty() ? "stderr" : "stderr" + processes.size()));
      }
      StageEnd end =
          new StageRun(processes, expected, limits, NanoClock.SYSTEM, readings -> {}).await();
      assertThat(processes).noneMatch(MemtierProcess::isAlive);
      return new Ended(
          end,
          processes.get(0).status(),
          Duration.ofNanos(System.nanoTime() - start),
          processes.get(0).reading());
    } finally {
      processes.forEach(MemtierProcess::close);
    }
  }

  private MemtierProcess start(String behaviour, String stderr) {
    return MemtierProcess.start(
        // Read, not executed: a fork of a test beside this one may still hold it open for writing.
        List.of("/bin/sh", FakeMemtier.in(folder, behaviour).toString()),
        new MemtierProcess.Sinks(folder.resolve(stderr), Optional.empty()),
        new Masking(Optional.empty()),
        List.of(),
        NanoClock.SYSTEM,
        LIMITS.grace());
  }
}
