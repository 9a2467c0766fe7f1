package io.syncanalyzer.report.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.report.CsvFiles;
import io.syncanalyzer.report.SampleRuns;
import io.syncanalyzer.result.RunReport;
import io.syncanalyzer.result.RunReportBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code runs.csv} as a tool for change points reads it: what results/README.md takes out of it has
 * a time and figures in every row, of runs that were asked the same.
 */
class HistoryTest {
  private static final Path DICTIONARY = Path.of("results/README.md");

  @TempDir Path results;

  @Test
  void whatIsTakenOutHasATimeAndFiguresInEveryRow() throws Exception {
    Path file = results.resolve("runs.csv");
    Map<String, String> asked = Map.of("duration", "20s", "run-id", "base");
    List<RunReport> group = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      RunReport run = run("base-" + i, i, asked).group("base").build();
      group.add(run);
      RunsCsv.put(file, run, Optional.empty());
    }
    RunsCsv.appendSpread(file, "base", group, Optional.empty());
    // Later, with another name: the same. A run that broke off, and one of something else: not.
    RunsCsv.put(
        file, run("later", 9, Map.of("run-id", "x", "duration", "20s")).build(), Optional.empty());
    RunsCsv.put(
        file,
        SampleRuns.bare("broken", "load-and-verify")
            .asked(List.of(), asked)
            .failure("no memtier")
            .build(),
        Optional.empty());
    RunsCsv.put(file, run("longer", 5, Map.of("duration", "60s")).build(), Optional.empty());

    List<Map<String, String>> history = history(file, "base-1");

    assertThat(history.stream().map(row -> cell(row, "run_id")))
        .containsExactly("base-0", "base-1", "base-2", "later");
    assertThat(history)
        .allSatisfy(
            row -> {
              // What Python's own parser of dates takes too: no more than six digits of a second.
              assertThat(cell(row, "started_at"))
                  .matches("\\d{4}-\\d\\d-\\d\\dT[\\d:]{8}(\\.\\d{3})?Z");
              assertThat(Instant.parse(cell(row, "started_at"))).isNotNull();
              for (String column : metrics()) {
                assertThat(Double.parseDouble(cell(row, column))).describedAs(column).isPositive();
              }
            });
  }

  @Test
  void everyColumnThatTheDictionaryTakesIsThere() throws Exception {
    assertThat(metrics()).containsExactly("lag_p50_upper_us", "lag_p99_upper_us", "drain_s");
    Matcher query = Pattern.compile("select (started_at[^\"]*?) from runs").matcher(flat());
    assertThat(query.find()).isTrue();
    List<String> taken = List.of(query.group(1).split(", *", -1));
    assertThat(RunsTable.TABLE.header())
        .containsAll(taken)
        .contains("statistic", "complete", "asked");
    assertThat(taken).containsAll(metrics());
    Matcher attributes = Pattern.compile("attributes: \\[([^\\]]*)\\]").matcher(flat());
    assertThat(attributes.find()).isTrue();
    assertThat(taken).contains(attributes.group(1).split(", *", -1));
  }

  @ParameterizedTest
  @CsvSource({
    "probe,    duration,     20s, 20s, true",
    "probe,    duration,     20s, 30s, false",
    "probe,    source,       a,   b,   false",
    "probe,    load-rate,    1,   2,   false",
    "probe,    run-id,       a,   b,   true",
    "probe,    results,      a,   b,   true",
    "probe,    max-lag-p99,  1ms, 2ms, true", // a limit is held, and measures nothing
    "capacity, max-lag-p99,  1ms, 2ms, false", // which is what is searched for
    "probe,    quiet,        a,   b,   true",
    "probe,    not-made-yet, a,   b,   true",
    "verify,   ttl-tolerance, 1s, 5s,  false",
    "verify,   settle-rounds, 3,  9,   false",
    "verify,   max-mismatches, 1, 9,   false",
    "capacity, at-least,     10,  20,  false",
    // In other words.
    "verify,   types,        'hash,string', 'string, hash,hash', true",
    "verify,   types,        hash, 'hash,string', false",
    "load,     load-types,   'hash,string', 'string,hash', true",
    "verify,   match,        '{a,b}', '{b,a}', false", // no list
    "probe,    source,       redis://u:***@a:1, redis://u@a:1, true",
    "probe,    source,       redis://:***@a:1,  redis://a:1,   true",
    "probe,    source,       redis://u:***@a:1, redis://v@a:1, false",
    "probe,    replica,      '[redis://u:***@a:1, redis://:***@b:1]', '[redis://u@a:1,"
        + " redis://b:1]', true",
  })
  void runsAreOneHistoryWhereWhatDecidesTheirFiguresIsTheSame(
      String command, String option, String one, String other, boolean same) {
    String key = key(command, List.of(), Map.of(option, one));

    assertThat(key).matches("[a-p]{12}");
    assertThat(key.equals(key(command, List.of(), Map.of(option, other)))).isEqualTo(same);
    assertThat(key).isNotEqualTo(key("selftest", List.of(), Map.of(option, one)));
    assertThat(key)
        .isNotEqualTo(key(command, List.of("probe", "--", "--ratio=1:0"), Map.of(option, one)));
  }

  private static String key(String command, List<String> argv, Map<String, String> asked) {
    return AskedKey.of(SampleRuns.bare("r", command).asked(argv, asked).build());
  }

  private static RunReportBuilder run(String id, int hour, Map<String, String> asked) {
    Instant begin = SampleRuns.START.plusSeconds(3600L * hour).plusNanos(123_456_789);
    RunReport whole = SampleRuns.whole(id).build();
    return new RunReportBuilder(id, whole.command(), begin)
        .analyzerVersion(whole.analyzerVersion())
        .environment(whole.environment())
        .asked(List.of(), asked)
        .sides(whole.sides())
        .lag(whole.lag())
        .drain(whole.drain())
        .verify(whole.verify())
        .finished(begin.plusSeconds(48), 48.25);
  }

  /** What the query of results/README.md takes out. */
  private static List<Map<String, String>> history(Path file, String like) throws Exception {
    List<List<String>> lines = CsvFiles.read(file);
    List<Map<String, String>> rows = new ArrayList<>();
    for (List<String> line : lines.subList(1, lines.size())) {
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < line.size(); i++) {
        row.put(lines.get(0).get(i), line.get(i));
      }
      rows.add(row);
    }
    String asked =
        rows.stream()
            .filter(row -> cell(row, "run_id").equals(like) && cell(row, "statistic").equals("run"))
            .map(row -> cell(row, "asked"))
            .findFirst()
            .orElseThrow();
    return rows.stream()
        .filter(row -> cell(row, "statistic").equals("run") && cell(row, "complete").equals("true"))
        .filter(row -> cell(row, "asked").equals(asked))
        .filter(row -> metrics().stream().noneMatch(column -> cell(row, column).isEmpty()))
        .sorted((a, b) -> cell(a, "started_at").compareTo(cell(b, "started_at")))
        .toList();
  }

  private static String cell(Map<String, String> row, String column) {
    return Objects.requireNonNull(row.get(column), column);
  }

  private static List<String> metrics() {
    List<String> metrics = new ArrayList<>();
    Matcher column = Pattern.compile("\\{column: (\\w+), direction").matcher(flat());
    while (column.find()) {
      metrics.add(column.group(1));
    }
    return metrics;
  }

  private static String flat() {
    try {
      return Files.readString(DICTIONARY).replaceAll("\\s+", " ");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
