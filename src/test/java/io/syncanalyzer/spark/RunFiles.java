package io.syncanalyzer.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The files of a run, without what no two runs have alike: order, times, and who did it. */
final class RunFiles {
  private static final Set<String> VARYING_COLUMNS =
      Set.of("seconds", "start_seconds", "executor", "stood_ms", "ttl_source_ms", "ttl_replica_ms");
  private static final Set<String> VARYING_UNITS =
      Set.of("s", "ms", "us", "1/s", "bytes", "commands");
  private static final Set<String> VARYING_METRICS =
      Set.of("run_id", "elapsed", "fence", "source_used_memory", "replica_clock_ahead_at_end");

  private final Path run;

  RunFiles(Path run) {
    this.run = run;
  }

  /** The rows of a file, sorted, a list of {@code column=value} each. */
  List<List<String>> rows(String file) {
    List<List<String>> rows = new ArrayList<>();
    for (CSVRecord row : records(file)) {
      List<String> cells = new ArrayList<>();
      row.toMap()
          .forEach(
              (column, value) -> {
                if (!VARYING_COLUMNS.contains(column)) {
                  cells.add(column + "=" + withoutMoments(column, value));
                }
              });
      rows.add(cells);
    }
    rows.sort((one, other) -> one.toString().compareTo(other.toString()));
    return rows;
  }

  /** Offsets, and how long a key still lives, are other ones a moment later. */
  private static String withoutMoments(String column, String value) {
    return switch (column) {
      case "fence" -> value.replaceAll("\\d+", "N");
      case "detail" -> value.replaceAll("\\d+ ms", "N ms");
      default -> value;
    };
  }

  /** The rows of summary.csv that are no times and no costs. */
  List<List<String>> figures() {
    return rows("summary.csv").stream()
        .filter(
            row ->
                VARYING_UNITS.stream().noneMatch(unit -> row.contains("unit=" + unit))
                    && VARYING_METRICS.stream()
                        .noneMatch(metric -> row.contains("metric=" + metric)))
        .toList();
  }

  /** One column of a file, in the order of its rows. */
  List<String> column(String file, String name) {
    return records(file).stream().map(row -> row.get(name)).toList();
  }

  private List<CSVRecord> records(String file) {
    try (CSVParser parser =
        CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .get()
            .parse(Files.newBufferedReader(run.resolve(file)))) {
      return parser.getRecords();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
