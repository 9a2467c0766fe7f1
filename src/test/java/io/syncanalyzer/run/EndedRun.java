package io.syncanalyzer.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.syncanalyzer.report.CsvFiles;
import io.syncanalyzer.report.DataDictionary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What a run has left. What holds after any fault has been checked: no process of it and no
 * temporary file is left, no stack trace was printed, {@code run.json} is readable and agrees with
 * the exit status, every CSV file has its header and whole rows, the accounting of the sentinels
 * adds up, and a run that is not complete says why, in one line, in the file and on the console.
 *
 * @param exit the exit status
 * @param took from the moment that the wait for the end began
 * @param said everything printed, its white space made single blanks
 * @param json {@code run.json}
 * @param results the run's folder
 */
record EndedRun(int exit, Duration took, String said, JsonObject json, Path results) {
  private static final int STATUS_OF_INCOMPLETE = 4;

  static EndedRun check(
      int exit,
      Duration took,
      AnalyzerJar jar,
      Path results,
      Path temporary,
      Set<ProcessHandle> children)
      throws Exception {
    String printed = leftNothing(jar, temporary, children);
    JsonObject json =
        JsonParser.parseString(Files.readString(results.resolve("run.json"))).getAsJsonObject();
    assertThat(json.get("exit_status").getAsInt()).describedAs(printed).isEqualTo(exit);
    csvFilesAreWhole(results);
    accountingAddsUp(results);
    String said = printed.replaceAll("\\s+", " ");
    if (!json.get("complete").getAsBoolean()) {
      String why = json.get("why").getAsString();
      assertThat(why).isNotBlank().doesNotContain("\n");
      assertThat(exit).describedAs(printed).isGreaterThanOrEqualTo(1);
      // The headline begins its sentence with it.
      assertThat(said).containsIgnoringCase(why.replaceAll("\\s+", " "));
    } else {
      assertThat(exit).describedAs(printed).isLessThanOrEqualTo(STATUS_OF_INCOMPLETE);
    }
    return new EndedRun(exit, took, said, json, results);
  }

  /**
   * As {@link #check}, of a run whose disk took no more: its files are those of some earlier
   * moment, {@code run.json} says that it is not complete, and none is half written.
   */
  static EndedRun checkUnwritten(
      int exit,
      Duration took,
      AnalyzerJar jar,
      Path results,
      Path temporary,
      Set<ProcessHandle> children)
      throws Exception {
    String printed = leftNothing(jar, temporary, children);
    JsonObject json =
        JsonParser.parseString(Files.readString(results.resolve("run.json"))).getAsJsonObject();
    assertThat(json.get("complete").getAsBoolean()).isFalse();
    csvFilesAreWhole(results);
    return new EndedRun(exit, took, printed.replaceAll("\\s+", " "), json, results);
  }

  /** No process, no temporary file, no stack trace; gives what was printed. */
  private static String leftNothing(AnalyzerJar jar, Path temporary, Set<ProcessHandle> children)
      throws Exception {
    String printed = jar.out() + jar.err();
    for (ProcessHandle child : children) {
      String command = child.info().commandLine().orElse("a child");
      assertThat(child.onExit().completeOnTimeout(null, 10, TimeUnit.SECONDS).get())
          .describedAs("still running after the end: %s", command)
          .isNotNull();
    }
    try (Stream<Path> left = Files.walk(temporary)) {
      assertThat(left.filter(file -> !file.equals(temporary))).describedAs(printed).isEmpty();
    }
    assertThat(printed).doesNotContain("\tat ").doesNotContain("internal error");
    return printed;
  }

  private static void csvFilesAreWhole(Path results) throws IOException {
    Map<String, List<String>> columns = DataDictionary.columns();
    try (Stream<Path> files = Files.list(results)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".csv")).toList()) {
        List<List<String>> records = CsvFiles.read(file);
        assertThat(records.get(0))
            .describedAs(file.toString())
            .isEqualTo(columns.get(file.getFileName().toString()));
        assertThat(records).describedAs(file.toString()).allMatch(same(records.get(0).size()));
      }
    }
  }

  private static java.util.function.Predicate<List<String>> same(int size) {
    return cells -> cells.size() == size;
  }

  private static void accountingAddsUp(Path results) throws IOException {
    Path file = results.resolve("lag_accounting.csv");
    if (!Files.exists(file)) {
      return;
    }
    List<List<String>> records = CsvFiles.read(file);
    for (List<String> row : records.subList(1, records.size())) {
      assertThat(row.subList(2, 6).stream().mapToLong(Long::parseLong).sum())
          .describedAs("scheduled of %s", row)
          .isEqualTo(Long.parseLong(row.get(1)));
    }
  }

  /** Fails unless this was the exit status. */
  EndedRun is(int status) {
    assertThat(exit).describedAs(said).isEqualTo(status);
    return this;
  }

  /** Fails unless the exit status was one of these. */
  EndedRun isOneOf(List<Integer> statuses) {
    assertThat(exit).describedAs(said).isIn(statuses);
    return this;
  }

  /** Fails unless everything ran to its end. */
  EndedRun isComplete() {
    assertThat(json.get("complete").getAsBoolean()).describedAs(said).isTrue();
    return this;
  }

  /** Fails unless the file says that not everything ran to its end. */
  EndedRun isIncomplete() {
    assertThat(json.get("complete").getAsBoolean()).describedAs(said).isFalse();
    return this;
  }

  /** Fails unless the headline, the one line that says how it ended, has each of these words. */
  EndedRun headlineSays(String... words) {
    assertThat(json.get("headline").getAsString()).describedAs(said).contains(words);
    return this;
  }

  /** Fails unless the headline or a reason, warning or note has each of these words. */
  EndedRun says(String... words) {
    assertThat(json.toString()).describedAs(said).contains(words);
    return this;
  }

  /** Fails unless the run has left this file. */
  EndedRun left(String... names) {
    for (String name : names) {
      assertThat(results.resolve(name)).isNotEmptyFile();
    }
    return this;
  }

  /** The largest upper bound of a lag in {@code lag.csv}, beside the load. */
  double longestLagSeconds() throws IOException {
    List<List<String>> records = CsvFiles.read(results.resolve("lag.csv"));
    int upper = records.get(0).indexOf("upper_us");
    return records.stream()
        .filter(row -> row.get(0).equals("load") && row.get(1).equals("max"))
        .mapToDouble(row -> Double.parseDouble(row.get(upper)) / 1e6)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no longest lag in " + records));
  }

  /** A figure of {@code lag_accounting.csv} for the load: one of its columns. */
  long accounted(String column) throws IOException {
    List<List<String>> records = CsvFiles.read(results.resolve("lag_accounting.csv"));
    int at = records.get(0).indexOf(column);
    return records.stream()
        .filter(row -> row.get(0).equals("load"))
        .mapToLong(row -> Long.parseLong(row.get(at)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no accounting of the load in " + records));
  }
}
