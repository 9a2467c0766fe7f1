package io.syncanalyzer.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file's shape: its name and its columns, in order. RFC 4180: CRLF, UTF-8, header first.
 * Columns are never renamed, removed or reordered; new ones come at the end.
 *
 * @param file name in the run folder
 * @param columns in order
 * @param <R> what a row is made from
 */
record Table<R>(String file, List<Column<R>> columns) {
  static final CSVFormat CSV = CSVFormat.RFC4180;

  Table {
    columns = List.copyOf(columns);
  }

  /** What a row has in a column; null is unknown. */
  @FunctionalInterface
  interface Value<R> {
    @Nullable Object of(R row);
  }

  /** A column. */
  record Column<R>(String name, Value<R> value) {}

  /** Starts a table. */
  static <R> Builder<R> named(String file) {
    return new Builder<>(file);
  }

  List<String> header() {
    return columns.stream().map(Column::name).toList();
  }

  /** A row's cells. */
  List<String> cells(R row) {
    return columns.stream().map(column -> Cell.of(column.value().of(row))).toList();
  }

  /** Writes the whole file anew; a reader sees the old one or the new one, never half of one. */
  void write(Path folder, Iterable<R> rows) {
    AtomicFile.replace(
        folder.resolve(file),
        part -> {
          try (CSVPrinter printer =
              new CSVPrinter(Files.newBufferedWriter(part, StandardCharsets.UTF_8), CSV)) {
            printer.printRecord(header());
            for (R row : rows) {
              printer.printRecord(cells(row));
            }
          }
        });
  }

  /** A row as a line of the file, with its line end. */
  static String line(List<String> cells) {
    StringBuilder line = new StringBuilder();
    try (CSVPrinter printer = new CSVPrinter(line, CSV)) {
      printer.printRecord(cells);
    } catch (IOException e) {
      throw new IllegalStateException("a text in memory takes every line", e);
    }
    return line.toString();
  }

  /** Collects the columns. */
  static final class Builder<R> {
    private final String file;
    private final List<Column<R>> columns = new ArrayList<>();

    private Builder(String file) {
      this.file = file;
    }

    Builder<R> column(String name, Value<R> value) {
      columns.add(new Column<>(name, value));
      return this;
    }

    Table<R> build() {
      return new Table<>(file, columns);
    }
  }
}
