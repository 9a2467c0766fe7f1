package io.syncanalyzer.load.output;

import io.syncanalyzer.result.load.LoadRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** Where memtier's text and its JSON say different things of the same run. */
public final class Disagreements {
  private static final int MOST_SHOWN = 3;

  /** Its histograms have three digits, and either side may have rounded to another neighbour. */
  private static final double RESOLUTION = 0.002;

  private final List<String> found = new ArrayList<>();

  Disagreements(MemtierTable table, MemtierJson json) {
    if (table.rows().isEmpty() || json.stats().isEmpty()) {
      return;
    }
    for (String row : table.rows().keySet()) {
      if (!json.rows().contains(row)) {
        found.add(row + " only in the text");
        continue;
      }
      if (json.number(row, "Ops/sec") == 0 && table.cell(row, "Ops/sec") == 0) {
        continue;
      }
      compare(row, "Ops/sec", table.cell(row, "Ops/sec"), json.number(row, "Ops/sec"), 0.02);
      compare(row, "KB/sec", table.cell(row, "KB/sec"), json.number(row, "KB/sec"), 0.02);
      double average = json.number(row, "Average Latency");
      compare(
          row,
          "average latency",
          table.cell(row, "Avg. Latency", "Latency"),
          Double.isNaN(average) ? json.number(row, "Latency") : average,
          Double.isNaN(average) ? 0.006 : isCut(row, average, table) ? 1 : 0.002);
      Optional<Histogram> histogram = json.histogram(row);
      if (histogram.isPresent()) {
        for (double percentile : new double[] {50, 90, 99, 99.9}) {
          compare(
              row,
              "p" + percentile,
              table.percentile(row, percentile),
              Latencies.atPercentile(histogram.get(), percentile),
              0.002);
        }
      }
    }
    json.rows().stream()
        .filter(row -> !table.rows().containsKey(row))
        .forEach(row -> found.add(row + " only in the JSON"));
  }

  /** In cluster mode the JSON has the average of all commands in whole milliseconds. */
  private static boolean isCut(String row, double average, MemtierTable table) {
    return row.equals(LoadRow.TOTALS)
        && average == Math.rint(average)
        && !Double.isNaN(table.cell(row, "MOVED/sec"));
  }

  /**
   * Lines of many reports (of a ramp's steps, of processes side by side), each kind once: its
   * first, and in how many more reports there was such a line.
   */
  public static List<String> onceEach(List<String> lines) {
    Map<String, List<String>> kinds = new LinkedHashMap<>();
    for (String line : lines) {
      // Up to the figures all lines of a kind are alike.
      kinds.computeIfAbsent(line.split("\\d|:", 2)[0], kind -> new ArrayList<>()).add(line);
    }
    return kinds.values().stream()
        .map(
            kind ->
                kind.get(0)
                    + (kind.size() == 1
                        ? ""
                        : "; and so in " + (kind.size() - 1) + " more of its reports"))
        .toList();
  }

  /** At most one line. */
  List<String> lines() {
    if (found.isEmpty()) {
      return List.of();
    }
    int more = found.size() - MOST_SHOWN;
    return List.of(
        "memtier's text and JSON disagree: "
            + String.join("; ", found.subList(0, Math.min(MOST_SHOWN, found.size())))
            + (more > 0 ? "; and " + more + " more" : "")
            + " (load.csv takes rates and averages from the text, percentiles from the histogram)");
  }

  private void compare(String row, String what, double text, double json, double tolerance) {
    if (!Double.isNaN(text)
        && !Double.isNaN(json)
        && Math.abs(text - json) > tolerance + RESOLUTION * Math.abs(text)) {
      found.add(
          String.format(
              Locale.ROOT, "%s %s %.3f in the text, %.3f in the JSON", row, what, text, json));
    }
  }
}
