package io.syncanalyzer.insert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForkLogTest {
  @TempDir Path folder;

  @Test
  void aSignalAndTheLastErrorAreNamed() throws Exception {
    assertThat(
            lastWords(
                "# Fork: 1 of 1",
                "java.lang.OutOfMemoryError: Java heap space",
                "\tat somewhere(Error.java:1)",
                "<forked VM failed with exit code 137>",
                "Benchmark had encountered error, and fail on error was requested"))
        .isEqualTo("it was ended by signal 9; java.lang.OutOfMemoryError: Java heap space");
  }

  @Test
  void anExitStatusIsNamed() throws Exception {
    assertThat(
            lastWords(
                "Error: Could not create the Java Virtual Machine.",
                "<forked VM failed with exit code 1>"))
        .isEqualTo("it ended with status 1; Error: Could not create the Java Virtual Machine.");
  }

  @Test
  void aSilentLogStillGivesALine() throws Exception {
    assertThat(lastWords("# JMH version: 1.37")).isEqualTo("it ended");
    assertThat(ForkLog.lastWords(folder.resolve("absent"))).contains("cannot be read");
  }

  @Test
  void aLongLineIsCut() throws Exception {
    assertThat(lastWords("error " + "x".repeat(5000))).hasSizeLessThan(400).endsWith("…");
  }

  private String lastWords(String... lines) throws IOException {
    return ForkLog.lastWords(Files.write(folder.resolve("jmh.log"), List.of(lines)));
  }
}
