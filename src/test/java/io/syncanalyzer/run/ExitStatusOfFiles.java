package io.syncanalyzer.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.syncanalyzer.report.CsvFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What each file of a run says of how it ended.
 *
 * @param statuses file to the exit status it tells
 * @param said all that is written in those with words
 */
public record ExitStatusOfFiles(Map<String, String> statuses, String said) {
  private static final Pattern ON_THE_PAGE = Pattern.compile("exit status (\\d+)");
  private static final Pattern IN_JUNIT = Pattern.compile("name=\"exit_status\" value=\"(\\d+)\"");

  /** Reads all that are there; of {@code runs.csv} the run's own row, of which there is one. */
  public static ExitStatusOfFiles of(Path run, Optional<Path> junit) throws IOException {
    Map<String, String> statuses = new LinkedHashMap<>();
    String json = Files.readString(run.resolve("run.json"));
    statuses.put(
        "run.json", JsonParser.parseString(json).getAsJsonObject().get("exit_status").toString());
    statuses.put("summary.csv", figure(run.resolve("summary.csv")));
    List<List<String>> runs = CsvFiles.read(run.resolveSibling("runs.csv"));
    List<List<String>> rows =
        runs.stream().filter(row -> row.get(0).equals(run.getFileName().toString())).toList();
    assertThat(rows).hasSize(1);
    statuses.put("runs.csv", rows.get(0).get(runs.get(0).indexOf("exit_status")));
    String page = Files.readString(run.resolve("report.html"));
    statuses.put("report.html", first(ON_THE_PAGE, page));
    String cases = junit.isPresent() ? Files.readString(junit.get()) : "";
    if (junit.isPresent()) {
      statuses.put("junit", first(IN_JUNIT, cases));
    }
    return new ExitStatusOfFiles(statuses, json + page + cases);
  }

  private static String figure(Path summary) throws IOException {
    return CsvFiles.read(summary).stream()
        .filter(row -> row.get(0).equals("run") && row.get(1).equals("exit_status"))
        .map(row -> row.get(2))
        .findFirst()
        .orElse("none");
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : "none";
  }

  /** Fails unless they all tell this status, and these words stand in them. */
  public void areAll(int status, String words) {
    assertThat(statuses.values())
        .describedAs("%s", statuses)
        .containsOnly(Integer.toString(status));
    assertThat(said).contains(words);
  }
}
