package io.syncanalyzer.run.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.cli.AnalyzerCli;
import io.syncanalyzer.report.files.RunFolder;
import io.syncanalyzer.report.files.RunReader;
import io.syncanalyzer.result.capacity.CapacityInterval;
import io.syncanalyzer.result.capacity.CapacityReport;
import io.syncanalyzer.result.capacity.Trial;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A run of {@code capacity}, as its user has it.
 *
 * @param exit its status
 * @param said all that was printed
 * @param folder what it left
 * @param capacity what it found, read back from there
 */
record SearchedRun(int exit, String said, RunFolder folder, CapacityReport capacity) {
  /** Runs it in this JVM, with the built-in engine. */
  static SearchedRun of(Path results, String name, String... options) {
    List<String> words = new ArrayList<>(List.of("capacity"));
    words.addAll(
        List.of("--load-engine", "jmh", "--results", results.toString(), "--run-id", name));
    words.addAll(List.of(options));
    return ran(results, name, words);
  }

  /** Runs it as those words say. */
  static SearchedRun ran(Path results, String name, List<String> words) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream all = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    int exit = AnalyzerCli.run(words, all, all, Map.of());
    String said = bytes.toString(StandardCharsets.UTF_8);
    RunFolder folder = new RunFolder(results, name);
    assertThat(folder.runJson()).describedAs(said).exists();
    CapacityReport capacity = RunReader.read(folder).capacity();
    assertThat(capacity).describedAs(said).isNotNull();
    return new SearchedRun(exit, said, folder, Objects.requireNonNull(capacity));
  }

  List<Trial> trials() {
    return capacity.trials();
  }

  /** Of the only replica. */
  CapacityInterval interval() {
    return capacity.interval(null).orElseThrow();
  }

  List<String> lines(String file) throws IOException {
    return Files.readAllLines(folder.file(file));
  }
}
