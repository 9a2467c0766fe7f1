package io.syncanalyzer.spark.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCopyTest {
  private static final String PLAN = "verify/partitions.json";
  private static final String ONE = "verify/partition-0001/";

  @TempDir Path results;

  private final FakeRemote remote = new FakeRemote();
  private RunCopy copy;
  private Path folder;

  @BeforeEach
  void begin() throws Exception {
    folder = results.resolve("run");
    copy = new RunCopy(remote, results, "run");
    write("run.json", "begun");
  }

  @Test
  void whatIsNotChangedIsNotCopiedAgain() throws Exception {
    write(PLAN, "plan");
    assertThat(copy.push(false)).isTrue();
    remote.changes.clear();
    assertThat(copy.push(false)).isTrue();
    assertThat(remote.changes).isEmpty();
    replace(PLAN, "naln");
    assertThat(copy.push(false)).isTrue();
    assertThat(remote.changes).containsExactly("put run/" + PLAN);
    assertThat(remote.files).containsEntry("run/" + PLAN, "naln");
  }

  @Test
  void whatFilesSayOfOthersIsCopiedAfterThese() throws Exception {
    write(PLAN, "plan");
    write(ONE + "result.json", "one line");
    write(ONE + "mismatches.jsonl", "line");
    write("mismatches.csv", "rows");
    copy.push(false);
    assertThat(remote.changes)
        .containsExactly(
            "put run/" + PLAN,
            "put run/mismatches.csv",
            "put run/" + ONE + "mismatches.jsonl",
            "put run/" + ONE + "result.json",
            "put run/run.json");
  }

  @Test
  void whatAPartitionCameToGoesBeforeWhatItFoundIsAnother() throws Exception {
    write(PLAN, "plan");
    write(ONE + "mismatches.jsonl", "line");
    write(ONE + "result.json", "one line");
    copy.push(false);
    remote.changes.clear();
    write(ONE + "mismatches.jsonl", "line and line");
    copy.push(false);
    assertThat(remote.changes)
        .containsExactly(
            "delete run/" + ONE + "result.json",
            "put run/" + ONE + "mismatches.jsonl",
            "put run/" + ONE + "result.json");
  }

  @Test
  void whatHoldsNoLongerGoesBeforeTheNewPlanIsThere() throws Exception {
    write(PLAN, "plan");
    write(ONE + "mismatches.jsonl", "line");
    write(ONE + "result.json", "one line");
    copy.push(false);
    remote.changes.clear();
    Files.delete(folder.resolve(ONE + "result.json"));
    replace(PLAN, "another plan");
    copy.push(false);
    assertThat(remote.changes)
        .containsExactly("delete run/" + ONE + "result.json", "put run/" + PLAN);
  }

  @Test
  void whatIsToTakeAnothersPlaceIsNotCopied() throws Exception {
    write(PLAN + ".next", "half a plan");
    write(".run.json.part", "half");
    copy.push(false);
    assertThat(remote.files).containsOnlyKeys("run/run.json");
  }

  @Test
  void aComparisonThatIsOverCanBeGoneOnWithUntilTheRunSaysSo() throws Exception {
    write(PLAN, "plan");
    write(ONE + "mismatches.jsonl", "line");
    write(ONE + "result.json", "one line");
    copy.push(false);
    remote.changes.clear();
    Files.delete(folder.resolve(PLAN));
    copy.push(false);
    Files.delete(folder.resolve(ONE + "result.json"));
    copy.push(false);
    Files.delete(folder.resolve(ONE + "mismatches.jsonl"));
    Files.delete(folder.resolve(ONE));
    Files.delete(folder.resolve("verify"));
    write("mismatches.csv", "rows");
    copy.push(false);
    assertThat(remote.changes).containsExactly("put run/mismatches.csv");
    replace("run.json", "complete");
    copy.push(true);
    assertThat(remote.changes)
        .containsExactly(
            "put run/mismatches.csv",
            "put run/run.json",
            "delete run/" + PLAN,
            "delete run/verify");
    assertThat(remote.files)
        .containsOnlyKeys("run/mismatches.csv", "run/run.json")
        .containsEntry("run/run.json", "complete");
  }

  @Test
  void atTheEndSingleFilesThatAreGoneGoThereToo() throws Exception {
    write(PLAN, "plan");
    write(ONE + "old.tmp", "x");
    write(ONE + "result.json", "one line");
    copy.push(false);
    Files.delete(folder.resolve(ONE + "old.tmp"));
    copy.push(false);
    assertThat(remote.files).containsKey("run/" + ONE + "old.tmp");
    copy.push(true);
    assertThat(remote.files)
        .containsOnlyKeys("run/run.json", "run/" + PLAN, "run/" + ONE + "result.json");
  }

  @Test
  void aMarkThatChangesWhileItsFolderIsCopiedWaitsForTheNextTime() throws Exception {
    write(PLAN, "plan");
    write(ONE + "mismatches.jsonl", "line");
    write(ONE + "result.json", "one line");
    remote.after =
        change -> {
          if (change.equals("put run/" + ONE + "mismatches.jsonl")) {
            quietly(() -> Files.delete(folder.resolve(ONE + "result.json")));
          }
        };
    assertThat(copy.push(false)).isFalse();
    assertThat(remote.files).doesNotContainKey("run/" + ONE + "result.json");
    remote.after = change -> {};
    write(ONE + "result.json", "another");
    assertThat(copy.push(false)).isTrue();
    assertThat(remote.files).containsEntry("run/" + ONE + "result.json", "another");
  }

  @Test
  void aFileThatGoesWhileItIsCopiedKeepsItsMarkBack() throws Exception {
    write(PLAN, "plan");
    write(ONE + "mismatches.jsonl", "line");
    write(ONE + "result.json", "one line");
    remote.after =
        change -> {
          if (change.equals("put run/" + PLAN)) {
            quietly(() -> Files.delete(folder.resolve(ONE + "mismatches.jsonl")));
          }
        };
    assertThat(copy.push(false)).isFalse();
    assertThat(remote.files).containsOnlyKeys("run/run.json", "run/" + PLAN);
  }

  @Test
  void whatFailedIsDoneAgain() throws Exception {
    write(PLAN, "plan");
    write(ONE + "mismatches.jsonl", "line");
    write(ONE + "result.json", "one line");
    copy.push(false);
    write(ONE + "mismatches.jsonl", "line and line");
    for (String failing : new String[] {"delete", "put"}) {
      remote.before =
          change -> {
            if (change.startsWith(failing)) {
              throw new IOException("no");
            }
          };
      assertThatThrownBy(() -> copy.push(false)).hasMessage("no");
    }
    remote.before = change -> {};
    assertThat(copy.push(false)).isTrue();
    assertThat(remote.files)
        .containsEntry("run/" + ONE + "mismatches.jsonl", "line and line")
        .containsEntry("run/" + ONE + "result.json", "one line");
  }

  @Test
  void anotherMachineGoesOnWithWhatIsThere() throws Exception {
    write(PLAN, "plan");
    write(ONE + "result.json", "one line");
    copy.push(false);
    remote.files.put("run/." + "result.json.part", "half");
    Path elsewhere = results.resolve("elsewhere");
    RunCopy there = new RunCopy(remote, elsewhere, "run");
    assertThat(there.pull()).isTrue();
    assertThat(elsewhere.resolve("run").resolve(ONE + "result.json")).hasContent("one line");
    assertThat(elsewhere.resolve("run/.result.json.part")).doesNotExist();
    remote.changes.clear();
    assertThat(there.push(false)).isTrue();
    assertThat(remote.changes).isEmpty();
    assertThat(there.push(true)).isTrue();
    assertThat(remote.changes).containsExactly("delete run/.result.json.part");
  }

  @Test
  void whatHasNoRunFileIsNoRun() throws Exception {
    assertThat(copy.pull()).isFalse();
    remote.files.put("run/" + PLAN, "plan");
    assertThat(copy.pull()).isFalse();
    assertThat(copy.isThere()).isTrue();
  }

  @Test
  void nothingIsDeletedForALocalFolderThatIsGone() throws Exception {
    copy.push(false);
    Files.delete(folder.resolve("run.json"));
    assertThat(copy.push(true)).isTrue();
    assertThat(remote.files).containsOnlyKeys("run/run.json");
  }

  @Test
  void aFirstCopyThatFailsLeavesNothing() throws Exception {
    write("a", "a");
    remote.before =
        change -> {
          if (change.equals("put run/run.json")) {
            throw new IOException("no");
          }
        };
    assertThatThrownBy(copy::begin).hasMessage("no");
    assertThat(remote.files).isEmpty();
  }

  private void write(String path, String content) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, content);
  }

  private void replace(String path, String content) throws IOException {
    write(path + ".next", content);
    Files.move(
        folder.resolve(path + ".next"), folder.resolve(path), StandardCopyOption.REPLACE_EXISTING);
  }

  private interface Change {
    void make() throws IOException;
  }

  private static void quietly(Change change) {
    try {
      change.make();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
