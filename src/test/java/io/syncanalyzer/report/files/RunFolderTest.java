package io.syncanalyzer.report.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunFolderTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-22T20:35:12.9Z"), ZoneOffset.UTC);

  @TempDir Path results;

  @Test
  void aRunIsNamedByItsUtcTimeUnlessToldOtherwise() {
    RunFolder first = RunFolder.create(results.resolve("a/b"), Optional.empty(), CLOCK);
    RunFolder second = RunFolder.create(results.resolve("a/b"), Optional.empty(), CLOCK);

    assertThat(first.runId()).isEqualTo("20261122T203512Z");
    assertThat(second.runId()).isEqualTo("20261122T203512Z-2");
    assertThat(second.path()).isDirectory();
  }

  @Test
  void anExistingRunIsRefusedAndLeftAsItIs() throws Exception {
    RunFolder folder = RunFolder.create(results, Optional.of("mine"), CLOCK);
    Files.writeString(folder.runJson(), "kept");

    assertThatThrownBy(() -> RunFolder.create(results, Optional.of("mine"), CLOCK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--run-id");
    assertThat(folder.runJson()).hasContent("kept");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", "../x", "-x", "a b", "a:b", "x\ny"})
  void aNameThatIsNoNameIsWrongUsage(String name) {
    assertThatThrownBy(() -> RunFolder.create(results, Optional.of(name), CLOCK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--run-id")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aResultsFolderThatIsAFileCannotBeWritten() throws Exception {
    Path file = Files.writeString(results.resolve("file"), "");

    assertThatThrownBy(() -> RunFolder.create(file, Optional.empty(), CLOCK))
        .isInstanceOf(ReportFailure.class)
        .hasMessageContaining("--results")
        .hasMessageNotContaining("\n");
    assertThatThrownBy(() -> RunFolder.create(file.resolve("sub"), Optional.empty(), CLOCK))
        .isInstanceOf(ReportFailure.class);
  }

  @Test
  void aRunIsFoundByNameAndByPath() throws Exception {
    RunFolder folder = RunFolder.create(results, Optional.of("mine"), CLOCK);
    Files.writeString(folder.runJson(), "{}");

    assertThat(RunFolder.existing(results, "mine").path()).isEqualTo(folder.path());
    assertThat(RunFolder.existing(Path.of("elsewhere"), folder.path().toString()).runId())
        .isEqualTo("mine");
    assertThatThrownBy(() -> RunFolder.existing(results, "other"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("other");
  }

  @Test
  void aBrokenRecordIsToldInOneLine() throws Exception {
    RunFolder folder = RunFolder.create(results, Optional.of("mine"), CLOCK);
    for (String text :
        new String[] {"", "{", "[]", "{\"format\": 99}", "{\"format\": 1, \"sides\": 3}"}) {
      Files.writeString(folder.runJson(), text);
      assertThatThrownBy(() -> RunReader.read(folder))
          .as(text)
          .isInstanceOf(ReportFailure.class)
          .hasMessageContaining("run.json")
          .hasMessageNotContaining("\n");
    }
  }
}
