package io.syncanalyzer.insert.fork;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForkLogTest {
  @TempDir Path folder;

  @Test
  void aSignalAndTheLastErrorAreNamed() throws Exception {
    assertThat(
            lastWords(
                "# Fork: 1 of 1",
                "java.lang.IllegalStateException: torn",
                "\tat somewhere(Error.java:1)",
                "<forked VM failed with exit code 137>",
                "Benchmark had encountered error, and fail on error was requested"))
        .isEqualTo("it was ended by signal 9; java.lang.IllegalStateException: torn");
  }

  @Test
  void anExitStatusIsNamed() throws Exception {
    assertThat(
            lastWords(
                "Error: Could not create the Java Virtual Machine.",
                "<forked VM failed with exit code 1>"))
        .isEqualTo("it ended with status 1; Error: Could not create the Java Virtual Machine.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Terminating due to java.lang.OutOfMemoryError: Java heap space",
        "java.lang.OutOfMemoryError: GC overhead limit exceeded",
      })
  void aHeapThatWasSpentIsNamedWithWhatToDo(String said) throws Exception {
    assertThat(lastWords(said, "<forked VM failed with exit code 3>", "an error after that"))
        .isEqualTo("out of heap: 64 MiB given; lower this");
  }

  @Test
  void anotherWantOfMemoryIsNotToldAsOneOfHeap() throws Exception {
    assertThat(
            lastWords(
                "java.lang.OutOfMemoryError: Metaspace", "<forked VM failed with exit code 3>"))
        .isEqualTo("it ended with status 3; java.lang.OutOfMemoryError: Metaspace");
  }

  @Test
  void aSilentLogStillGivesALine() throws Exception {
    assertThat(lastWords("# JMH version: 1.37")).isEqualTo("it ended");
    assertThat(ForkLog.lastWords(folder.resolve("absent"), "")).contains("cannot be read");
  }

  @Test
  void aLongLineIsCut() throws Exception {
    assertThat(lastWords("error " + "x".repeat(5000))).hasSizeLessThan(400).endsWith("…");
  }

  private String lastWords(String... lines) throws IOException {
    return ForkLog.lastWords(
        Files.write(folder.resolve("jmh.log"), List.of(lines)),
        new JmhFork.Heap(64L << 20, "this").spent());
  }
}
