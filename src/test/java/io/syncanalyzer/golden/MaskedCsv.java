package io.syncanalyzer.golden;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * A CSV file with what varies replaced by {@code <value>}; an empty cell, which says unknown, stays
 * empty.
 */
final class MaskedCsv {
  /** Keys come in the order of their hashes, which each server draws anew. */
  private static final Set<String> ANY_ORDER = Set.of("mismatches.csv");

  /**
   * As many rows as the run took seconds, so those of a phase are laid on one another; how often a
   * drain crosses a second varies, so its rows are left out.
   */
  private static final Set<String> BY_SECOND = Set.of("load_timeline.csv", "lag_timeline.csv");

  /** What of a row of a second depends on where the second's end fell. */
  private static final Map<String, Set<String>> OF_SECONDS =
      Map.of(
          "load_timeline.csv",
          Set.of("second", "partial"),
          "lag_timeline.csv",
          Set.of("second", "sent", "observed", "outstanding", "offset_gap_bytes", "span_s"));

  /** What the servers did beside: whether anything is told of it depends on the machine. */
  private static final Set<String> BESIDE =
      Set.of("source_cpu_percent", "replica_cpu_percent", "source_signs", "replica_signs");

  /** How many rows there are is the machine's doing: only the head stands. */
  private static final Set<String> HEAD_ALONE = Set.of("episodes.csv");

  private MaskedCsv() {}

  static String of(String name, String text, Varying varying, UnaryOperator<String> words) {
    List<CSVRecord> rows = rows(text);
    List<String> header = rows.get(0).toList();
    List<List<String>> masked = new ArrayList<>();
    for (CSVRecord row : rows.subList(1, HEAD_ALONE.contains(name) ? 1 : rows.size())) {
      if (!name.equals("lag_timeline.csv") || !row.get(1).endsWith("drain")) {
        masked.add(row(name, header, row.toList(), varying, words));
      }
    }
    if (BY_SECOND.contains(name)) {
      masked = laidOnOneAnother(masked, header.indexOf("phase"));
    }
    List<String> lines = new ArrayList<>(masked.stream().map(MaskedCsv::line).toList());
    if (ANY_ORDER.contains(name)) {
      Collections.sort(lines);
    }
    lines.add(0, line(header));
    return String.join("\n", lines) + "\n";
  }

  /** One row for each phase: a cell is filled where it is in any of them. */
  private static List<List<String>> laidOnOneAnother(List<List<String>> rows, int phase) {
    Map<String, List<String>> byPhase = new LinkedHashMap<>();
    for (List<String> row : rows) {
      byPhase.merge(
          phase < 0 ? "" : row.get(phase),
          row,
          (all, more) -> {
            List<String> both = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
              both.add(all.get(i).isEmpty() ? more.get(i) : all.get(i));
            }
            return both;
          });
    }
    return new ArrayList<>(byPhase.values());
  }

  private static List<String> row(
      String name,
      List<String> header,
      List<String> row,
      Varying varying,
      UnaryOperator<String> words) {
    String base = name.substring(0, name.lastIndexOf('.'));
    boolean figures = name.equals("summary.csv");
    Set<String> ofSeconds = OF_SECONDS.getOrDefault(name, Set.of());
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      String column = header.get(i);
      boolean varies =
          figures
              ? column.equals("value") && varying.figure(row.get(0), row.get(1), row.get(3))
              : varying.holds(base + "." + column) || ofSeconds.contains(column);
      if (name.equals("lag_timeline.csv") && BESIDE.contains(column)) {
        cells.add("");
        continue;
      }
      boolean maybe = figures && Varying.mayBeUnknown(row.get(1));
      cells.add(varies && (maybe || !row.get(i).isEmpty()) ? "<value>" : words.apply(row.get(i)));
    }
    return cells;
  }

  private static String line(List<String> cells) {
    return CSVFormat.DEFAULT.format(cells.toArray());
  }

  private static List<CSVRecord> rows(String text) {
    try {
      return CSVFormat.DEFAULT.parse(new StringReader(text)).getRecords();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
