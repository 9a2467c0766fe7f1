package io.syncanalyzer.report.files;

import io.syncanalyzer.result.figure.Measure;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file's shape: its name and its columns, in order. RFC 4180: CRLF, UTF-8, header first.
 * Columns are never renamed, removed or reordered; new ones come at the end. Every CSV file is
 * written through here, and so every figure in one as its {@link Measure} says. Safe for use by
 * several threads.
 *
 * @param <R> what a row is made from
 */
public final class Table<R> {
  private final String file;
  private final Consumer<Builder<R>> description;
  private volatile @Nullable List<Column<R>> columns;

  private Table(String file, Consumer<Builder<R>> description) {
    this.file = file;
    this.description = description;
  }

  /**
   * A table whose columns are only made when it is first written: each takes a class that the JVM
   * makes at run time, and a short run writes few tables.
   *
   * @param file name in the run folder
   * @param description adds the columns, in order
   */
  public static <R> Table<R> of(String file, Consumer<Builder<R>> description) {
    return new Table<>(file, description);
  }

  /** Its name in the run folder. */
  public String file() {
    return file;
  }

  /** In order. */
  public List<Column<R>> columns() {
    List<Column<R>> made = columns;
    if (made == null) {
      Builder<R> builder = new Builder<>();
      description.accept(builder);
      made = List.copyOf(builder.columns);
      columns = made;
    }
    return made;
  }

  /** What a row has in a column; null is unknown. */
  @FunctionalInterface
  public interface Value<R> {
    @Nullable Object of(R row);
  }

  /**
   * A column.
   *
   * @param measure how a row's figure in it is written; null where it is a word
   * @param figureTexts whether its texts may be figures, rather than words throughout
   */
  public record Column<R>(
      String name, Value<R> value, Function<R, @Nullable Measure> measure, boolean figureTexts) {
    /** The row's cell. */
    String cell(R row, CsvForm form) {
      Object found = value.of(row);
      Measure by = measure.apply(row);
      if (found instanceof String text) {
        return figureTexts && by != null && Measure.isFigure(text)
            ? form.written(by.text(text))
            : Cell.of(text);
      }
      String cell = by == null ? Cell.of(found) : Cell.of(found, by);
      return found instanceof Double || found instanceof BigDecimal ? form.written(cell) : cell;
    }

    /** The row's cell on the page. */
    public String pageCell(R row) {
      Measure by = measure.apply(row);
      return PageCell.of(name, value.of(row), by == null ? Measure.ofColumn(name) : by);
    }
  }

  public List<String> header() {
    return columns().stream().map(Column::name).toList();
  }

  /** A row's cells. */
  public List<String> cells(R row, CsvForm form) {
    return columns().stream().map(column -> column.cell(row, form)).toList();
  }

  /** Writes the whole file anew; a reader sees the old one or the new one, never half of one. */
  public void write(Path folder, Iterable<R> rows, CsvForm form) {
    AtomicFile.replace(
        folder.resolve(file),
        part -> {
          try (CSVPrinter printer =
              new CSVPrinter(
                  Files.newBufferedWriter(part, StandardCharsets.UTF_8), form.format())) {
            printer.printRecord(header());
            for (R row : rows) {
              printer.printRecord(cells(row, form));
            }
          }
        });
  }

  /** A row as a line of the file, with its line end. */
  public static String line(List<String> cells, CsvForm form) {
    StringBuilder line = new StringBuilder();
    try (CSVPrinter printer = new CSVPrinter(line, form.format())) {
      printer.printRecord(cells);
    } catch (IOException e) {
      throw new IllegalStateException("a text in memory takes every line", e);
    }
    return line.toString();
  }

  /** Collects the columns. */
  public static final class Builder<R> {
    private final List<Column<R>> columns = new ArrayList<>();

    private Builder() {}

    /** A column whose name tells the unit of its figures; its texts are words. */
    public Builder<R> column(String name, Value<R> value) {
      Measure measure = Measure.ofColumn(name);
      columns.add(new Column<>(name, value, row -> measure, false));
      return this;
    }

    /** A column of times, which rows have in nanoseconds, in microseconds. */
    public Builder<R> micros(String name, Function<R, @Nullable Long> nanos) {
      return column(
          name,
          row -> {
            Long time = nanos.apply(row);
            return time == null ? null : time / 1e3;
          });
    }

    /** A column of figures, texts among them, of which each row tells name and unit. */
    public Builder<R> figures(String name, Value<R> value, Function<R, @Nullable Measure> measure) {
      columns.add(new Column<>(name, value, measure, true));
      return this;
    }
  }
}
