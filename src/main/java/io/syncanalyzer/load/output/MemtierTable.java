package io.syncanalyzer.load.output;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * memtier's text output, read by the names in its header: columns come and go between versions.
 *
 * @param rows cells by column name, in the table's order; the last table wins, which with repeated
 *     runs is the average
 * @param distributions percentages by latency in milliseconds, by command in upper case, as older
 *     versions print them below the table
 * @param title the heading of the table that was read
 */
record MemtierTable(
    Map<String, Map<String, String>> rows, Map<String, List<Point>> distributions, String title) {
  private static final Pattern COLUMN = Pattern.compile("(?:Avg\\.|p[0-9.]+) Latency|\\S+");
  private static final Pattern RULE = Pattern.compile("[-=]{20,}");

  /** A point of a distribution: so many percent took at most so long. */
  public record Point(double ms, double percent) {}

  /** Reads the output; a text without a table gives no rows. */
  static MemtierTable parse(List<String> lines) {
    Map<String, Map<String, String>> rows = new LinkedHashMap<>();
    Map<String, List<Point>> distributions = new LinkedHashMap<>();
    List<String> header = List.of();
    boolean distribution = false;
    String title = "";
    String heading = "";
    for (String line : lines) {
      String text = line.strip();
      if (RULE.matcher(text).matches()) {
        continue;
      }
      if (text.isEmpty()) {
        header = List.of();
      } else if (text.startsWith("Type ") && text.contains("<= msec")) {
        distribution = true;
        header = List.of();
      } else if (text.startsWith("Type ")) {
        header = words(COLUMN, text);
        rows.clear();
        distributions.clear();
        distribution = false;
        title = heading;
      } else if (!header.isEmpty()) {
        row(header, text, rows);
      } else if (distribution) {
        point(text, distributions);
      } else {
        heading = text;
      }
    }
    return new MemtierTable(rows, distributions, title);
  }

  private static void row(List<String> header, String text, Map<String, Map<String, String>> rows) {
    List<String> cells = words(Pattern.compile("\\S+"), text);
    int values = header.size() - 1;
    if (cells.size() <= values) {
      return;
    }
    // A name may hold blanks where memtier breaks down by command line.
    String name = String.join(" ", cells.subList(0, cells.size() - values));
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < values; i++) {
      row.put(header.get(i + 1), cells.get(cells.size() - values + i));
    }
    rows.put(name, row);
  }

  private static void point(String text, Map<String, List<Point>> distributions) {
    List<String> cells = words(Pattern.compile("\\S+"), text);
    if (cells.size() == 3) {
      double ms = MemtierNumber.of(cells.get(1));
      double percent = MemtierNumber.of(cells.get(2));
      if (!Double.isNaN(ms) && !Double.isNaN(percent)) {
        distributions
            .computeIfAbsent(cells.get(0), name -> new ArrayList<>())
            .add(new Point(ms, percent));
      }
    }
  }

  private static List<String> words(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    List<String> words = new ArrayList<>();
    while (matcher.find()) {
      words.add(matcher.group());
    }
    return words;
  }

  /** A cell as a number, by the first of these column names that there is; else {@code NaN}. */
  double cell(String row, String... columns) {
    Map<String, String> cells = rows.getOrDefault(row, Map.of());
    for (String column : columns) {
      if (cells.containsKey(column)) {
        return MemtierNumber.of(cells.get(column));
      }
    }
    return Double.NaN;
  }

  /** The cell of a percentile, whatever its decimals: {@code p99.9} and {@code p99.90} are one. */
  double percentile(String row, double percentile) {
    for (String column : rows.getOrDefault(row, Map.of()).keySet()) {
      if (column.startsWith("p")
          && column.endsWith(" Latency")
          && MemtierNumber.of(column.substring(1, column.length() - 8)) == percentile) {
        return cell(row, column);
      }
    }
    return Double.NaN;
  }
}
