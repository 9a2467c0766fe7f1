package io.syncanalyzer.golden;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.syncanalyzer.cli.AnalyzerCli;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is said of runs that were recorded once: their figures do not vary, so every character of
 * the screen, the CSV files and the page is held. Only where the runs lie is masked, and the
 * version of the analyzer that says it.
 */
class GoldenReportsTest {
  private static final Path RECORDED = Path.of("src/test/resources/golden/recorded");

  @TempDir Path results;

  @BeforeEach
  void copy() throws IOException {
    try (Stream<Path> files = Files.walk(RECORDED)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = results.resolve(RECORDED.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memtier", "probe", "base-1"})
  void aRecordedRunIsReported(String run) throws IOException {
    Path summary = results.resolve("summary.md");
    Map<String, String> seen = run("report", run, "--markdown", summary.toString());
    addFiles(results.resolve(run), seen);
    seen.put("summary.md", masked(Files.readString(summary)));
    Golden.compare("reports/" + run, seen);
  }

  @Test
  void theFilesAreWrittenForAnotherLocale() throws IOException {
    Map<String, String> seen = run("report", "memtier", "--csv-locale", "de-DE");
    addFiles(results.resolve("memtier"), seen);
    seen.keySet().removeIf(name -> !name.endsWith(".csv"));
    Golden.compare("reports/memtier-de", seen);
  }

  @Test
  void twoRunsAreCompared() throws IOException {
    Map<String, String> seen = run("compare", "base-1", "base-2", "--fail-if-worse", "10");
    addFiles(results, seen);
    Golden.compare("reports/compare", seen);
  }

  @Test
  void repeatedRunsAreComparedWithAnother() throws IOException {
    Map<String, String> seen = run("compare", "base", "memtier");
    addFiles(results, seen);
    Golden.compare("reports/compare-group", seen);
  }

  private Map<String, String> run(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--results", results.toString()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        AnalyzerCli.run(
            all, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), Map.of());
    Map<String, String> seen = new TreeMap<>();
    seen.put("status.txt", status + "\n");
    seen.put("stdout.txt", masked(out.toString(UTF_8)));
    seen.put("stderr.txt", masked(err.toString(UTF_8)));
    seen.values().removeIf(String::isEmpty);
    return seen;
  }

  private void addFiles(Path folder, Map<String, String> seen) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".csv")) {
          seen.put(name, masked(Files.readString(file)));
        } else if (name.endsWith(".html")) {
          // How it looks is not held, what it says and draws is.
          seen.put(
              name,
              masked(Files.readString(file))
                  .replaceAll("(?s)<style>.*?</style>", "<style></style>")
                  .replaceAll("(?s)<script>.*?</script>", "<script></script>")
                  .replaceAll("'sha256-[^']*'", "<hash>"));
        }
      }
    }
  }

  private String masked(String text) {
    return text.replace(results.toString(), "<results>")
        // From class files there is no version.
        .replaceAll("analyzer (unpackaged|\\d[\\w.+-]*\\w)", "analyzer <version>");
  }
}
