package io.syncanalyzer.spark.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RunMirrorTest {
  private static final Duration NEVER = Duration.ofDays(1);
  private static final Duration AT_ONCE = Duration.ofMillis(1);

  @TempDir Path results;

  private final FakeRemote remote = new FakeRemote();
  private final List<String> warnings = new CopyOnWriteArrayList<>();

  @BeforeEach
  void aRunHasBegun() throws Exception {
    write("run/run.json", "begun");
  }

  @Test
  void aRunIsThereFromItsBeginAndWholeAtItsEnd() throws Exception {
    try (RunMirror mirror = mirror(NEVER)) {
      mirror.begin();
      assertThat(remote.files).containsOnlyKeys("run/run.json");
      write("run/verify/partitions.json", "plan");
      write("run/run.json", "ended");
      write("runs.csv", "run_id\r\nrun\r\n");
    }
    assertThat(remote.files)
        .containsEntry("run/run.json", "ended")
        .containsEntry("run/verify/partitions.json", "plan")
        .containsEntry("runs.csv", "run_id\r\nrun\r\n");
    assertThat(remote.closed).isTrue();
    assertThat(warnings).isEmpty();
  }

  @Test
  void aRunThatHasWrittenNothingYetIsThereAllTheSameAndItsMarkGoesWithTheEnd() throws Exception {
    Files.delete(results.resolve("run/run.json"));
    Files.delete(results.resolve("run"));
    try (RunMirror mirror = mirror(NEVER)) {
      mirror.begin();
      assertThat(remote.files).containsOnlyKeys("run/begun");
      write("run/run.json", "ended");
    }
    assertThat(remote.files).containsOnlyKeys("run/run.json");
  }

  @Test
  void whereNothingCanBeWrittenThatIsToldAtOnceOfARunThatHasWrittenNothingYet() throws Exception {
    Files.delete(results.resolve("run/run.json"));
    Files.delete(results.resolve("run"));
    remote.before =
        change -> {
          if (change.startsWith("put")) {
            fail("quota");
          }
        };
    try (RunMirror mirror = mirror(NEVER)) {
      assertThatThrownBy(mirror::begin)
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("quota");
    }
    assertThat(remote.files).isEmpty();
  }

  @Test
  void aRunOfThatNameIsLeftAsItIs() {
    remote.files.put("run/run.json", "another");
    try (RunMirror mirror = mirror(NEVER)) {
      assertThatThrownBy(mirror::begin)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "there is a run fake://host/results/run already; give another --run-id, or none");
    }
    assertThat(remote.changes).isEmpty();
    assertThat(remote.closed).isTrue();
  }

  @Test
  void whereNothingCanBeWrittenThatIsToldAtOnce() {
    remote.before = change -> fail("Permission denied: user=u\n\tat a.b.C");
    try (RunMirror mirror = mirror(NEVER)) {
      assertThatThrownBy(mirror::begin)
          .isInstanceOf(UncheckedIOException.class)
          .hasMessage(
              "cannot write into the results folder fake://host/results (Permission denied:"
                  + " user=u); choose another with --results");
    }
    assertThat(remote.files).isEmpty();
  }

  @Test
  void aRunIsBroughtAndGoneOnWith() throws Exception {
    remote.files.put("old/run.json", "cut off");
    remote.files.put("old/verify/partitions.json", "plan");
    remote.files.put("runs.csv", "run_id\r\na\r\n");
    try (RunMirror mirror = mirror("old", NEVER)) {
      mirror.pull();
      assertThat(results.resolve("old/run.json")).hasContent("cut off");
      assertThat(results.resolve("runs.csv")).exists();
      write("old/run.json", "complete");
      Files.delete(results.resolve("old/verify/partitions.json"));
      Files.delete(results.resolve("old/verify"));
    }
    assertThat(remote.files).containsOnlyKeys("old/run.json", "runs.csv");
    assertThat(remote.files).containsEntry("old/run.json", "complete");
  }

  @Test
  void whereThereIsNoRunThereIsNothingToGoOnWith() {
    try (RunMirror mirror = mirror("old", NEVER)) {
      assertThatThrownBy(mirror::pull)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("no run.json in fake://host/results/old; name a run");
    }
  }

  @Test
  void whatChangesIsCopiedWhileTheRunGoesOn() throws Exception {
    CountDownLatch copied = new CountDownLatch(1);
    remote.after =
        change -> {
          if (change.equals("put run/later")) {
            copied.countDown();
          }
        };
    try (RunMirror mirror = mirror(AT_ONCE)) {
      mirror.begin();
      write("run/later", "x");
      assertThat(copied.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aFailureIsToldOnceAndTriedAgain() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    CountDownLatch several = new CountDownLatch(3);
    try (RunMirror mirror = mirror(AT_ONCE)) {
      mirror.begin();
      remote.before =
          change -> {
            tries.incrementAndGet();
            several.countDown();
            fail("the name node is away");
          };
      write("run/later", "x");
      assertThat(several.await(30, TimeUnit.SECONDS)).isTrue();
      remote.before = change -> {};
    }
    assertThat(tries).hasValueGreaterThanOrEqualTo(3);
    assertThat(remote.files).containsKey("run/later");
    assertThat(warnings)
        .singleElement()
        .asString()
        .contains("fake://host/results/run (the name node is away)")
        .hasLineCount(1);
  }

  @Test
  void thatTheLastCopyCannotBeMadeIsAnError() throws Exception {
    RunMirror mirror = mirror(NEVER);
    mirror.begin();
    write("run/later", "x");
    remote.before = change -> fail("the name node is away");
    assertThatThrownBy(mirror::close)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage(
            "cannot copy the results to fake://host/results (the name node is away); they are in "
                + results.resolve("run"));
    assertThat(remote.closed).isTrue();
    mirror.close();
  }

  @Test
  void aRunThatWasInterruptedIsCopiedToo() throws Exception {
    RunMirror mirror = mirror(NEVER);
    mirror.begin();
    write("run/later", "x");
    Thread.currentThread().interrupt();
    mirror.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(remote.files).containsKey("run/later");
  }

  @Test
  void whoWaitsForTheFirstCopyMayBeInterrupted() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    Thread waiting = Thread.currentThread();
    remote.before =
        change -> {
          waiting.interrupt();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            ended.countDown();
            fail("interrupted");
          }
        };
    try (RunMirror mirror = mirror(NEVER)) {
      assertThatThrownBy(mirror::begin).isInstanceOf(UncheckedIOException.class);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aNewRunThatWasTakenBackIsGoneThereToo() throws Exception {
    try (RunMirror mirror = mirror(NEVER)) {
      mirror.begin();
      Files.delete(results.resolve("run/run.json"));
      Files.delete(results.resolve("run"));
    }
    assertThat(remote.files).isEmpty();
  }

  @Test
  void anEarlierRunIsNeverTakenBack() throws Exception {
    remote.files.put("old/run.json", "cut off");
    try (RunMirror mirror = mirror("old", NEVER)) {
      mirror.pull();
      Files.delete(results.resolve("old/run.json"));
      Files.delete(results.resolve("old"));
    }
    assertThat(remote.files).containsOnlyKeys("old/run.json");
  }

  private RunMirror mirror(Duration every) {
    return mirror("run", every);
  }

  private RunMirror mirror(String run, Duration every) {
    return new RunMirror(remote, results, run, every, warnings::add);
  }

  private static void fail(String why) throws IOException {
    throw new IOException(why);
  }

  private void write(String path, String content) throws IOException {
    Path file = results.resolve(path);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, content);
  }
}
