package io.syncanalyzer.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.syncanalyzer.report.CsvFiles;
import io.syncanalyzer.report.DataDictionary;
import io.syncanalyzer.run.FaultRun.Moment;
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

  /**
   * The process of a run, ended.
   *
   * @param temporary its folder for temporary files
   * @param children every process it was seen to start
   */
  record Finished(
      int exit, Duration took, String printed, Path temporary, Set<ProcessHandle> children) {
    private void leftNothing() throws Exception {
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
    }

    private String said() {
      return printed.replaceAll("\\s+", " ");
    }
  }

  static EndedRun check(Finished process, Path results) throws Exception {
    process.leftNothing();
    EndedRun ended = read(process, results);
    JsonObject json = ended.json();
    int exit = process.exit();
    assertThat(json.get("exit_status").getAsInt()).describedAs(ended.said()).isEqualTo(exit);
    if (!json.get("complete").getAsBoolean()) {
      String why = json.get("why").getAsString();
      assertThat(why).isNotBlank().doesNotContain("\n");
      assertThat(exit).describedAs(ended.said()).isGreaterThanOrEqualTo(1);
      // It may begin a sentence there.
      assertThat(ended.said()).containsIgnoringCase(why.replaceAll("\\s+", " "));
    } else {
      assertThat(exit).describedAs(ended.said()).isLessThanOrEqualTo(STATUS_OF_INCOMPLETE);
    }
    return ended;
  }

  /**
   * Of a run that could not write how it ended: its {@code run.json} is the last that the disk
   * took, of a run that goes on.
   */
  static EndedRun checkOnFullDisk(Finished process, Path results) throws Exception {
    process.leftNothing();
    EndedRun ended = read(process, results);
    assertThat(ended.json().get("why").getAsString()).isEqualTo("the run has not finished");
    return ended.isIncomplete();
  }

  private static EndedRun read(Finished process, Path results) throws IOException {
    JsonObject json =
        JsonParser.parseString(Files.readString(results.resolve("run.json"))).getAsJsonObject();
    csvFilesAreWhole(results);
    accountingAddsUp(results);
    return new EndedRun(process.exit(), process.took(), process.said(), json, results);
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

  /** Prints a line for the table of all faults. */
  EndedRun print(Object fault, Moment moment) {
    System.out.printf(
        "%s at %s: exit %d, %.1f s, %s%n",
        fault, moment, exit, took.toMillis() / 1e3, json.get("headline").getAsString());
    return this;
  }

  /** Fails unless this was the exit status. */
  EndedRun is(int status) {
    assertThat(exit).describedAs(said).isEqualTo(status);
    return this;
  }

  /** Fails unless this was one of those exit statuses. */
  EndedRun isOneOf(Integer... statuses) {
    assertThat(exit).describedAs(said).isIn((Object[]) statuses);
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
