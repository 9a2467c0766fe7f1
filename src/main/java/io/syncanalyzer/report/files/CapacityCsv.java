package io.syncanalyzer.report.files;

import io.syncanalyzer.result.RunReport;
import io.syncanalyzer.result.capacity.Trial;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * {@code capacity.csv} while its search goes on, and read back. Each trial's rows are added when it
 * ends, whole and on the disk before the next one begins; a row that a killed run left half, which
 * has no line end, counts as not there.
 */
public final class CapacityCsv {
  private static final List<String> NEEDED = List.of("trial", "asked_ops_per_s", "outcome");

  /** What {@link Cell} makes of a control character, and of what begins a formula. */
  private static final Pattern ESCAPE =
      Pattern.compile("\\\\x([01][0-9A-F]|7F|[89][0-9A-F])|^\\\\x(3D|2B|2D|40)");

  private CapacityCsv() {}

  /**
   * Adds rows; a file that is not there, or empty, gets its header first.
   *
   * @param asked the form of a file that is not there; one that is keeps its own
   * @throws ReportFailure if the disk does not take it
   */
  public static void append(Path file, List<Trial> rows, CsvForm asked) {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      String before = Files.readString(file, StandardCharsets.UTF_8);
      String whole = before.substring(0, whole(before));
      CsvForm form = whole.isEmpty() ? asked : CsvForm.ofHeader(whole);
      StringBuilder text = new StringBuilder();
      if (whole.isEmpty()) {
        text.append(Table.line(Tables.CAPACITY.header(), form));
      }
      rows.forEach(row -> text.append(Table.line(Tables.CAPACITY.cells(row, form), form)));
      channel.position(whole.getBytes(StandardCharsets.UTF_8).length);
      ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.truncate(channel.position());
      channel.force(true);
    } catch (IOException e) {
      throw new ReportFailure("cannot write " + file + " (" + AtomicFile.reason(e) + ")", e);
    }
  }

  /**
   * The trials of a file, in its order; as exact as it is written.
   *
   * @throws ReportFailure if it cannot be read, in one line that names file, row and column
   */
  public static List<Trial> read(Path file) {
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8).replaceFirst("^\\x{FEFF}", "");
      String whole = text.substring(0, whole(text));
      CsvForm form = CsvForm.ofHeader(whole.lines().findFirst().orElse(""));
      try (CSVParser parser = CSVParser.parse(new StringReader(whole), form.format())) {
        return trials(file, parser.stream().map(CSVRecord::toList).toList(), form);
      }
    } catch (IOException e) {
      throw new ReportFailure("cannot read " + file + " (" + AtomicFile.reason(e) + ")", e);
    } catch (UncheckedIOException e) {
      String what = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new ReportFailure(file + " is no CSV file (" + what + ")", e);
    }
  }

  /**
   * The trials of a run: those of its report, and after them those that its file has alone. A run
   * that was killed has not saved its last ones, and one that was gone on with after its end and
   * killed then still says in its report that it has finished.
   *
   * @throws ReportFailure if there is a file that cannot be read, for what it has would be lost
   */
  public static List<Trial> all(Path file, RunReport run) {
    List<Trial> reported = run.capacity() == null ? List.of() : run.capacity().trials();
    if (!Files.exists(file)) {
      return reported;
    }
    Set<Integer> saved = reported.stream().map(Trial::trial).collect(Collectors.toSet());
    List<Trial> all = new ArrayList<>(reported);
    read(file).stream().filter(row -> !saved.contains(row.trial())).forEach(all::add);
    return all;
  }

  private static List<Trial> trials(Path file, List<List<String>> rows, CsvForm form) {
    List<String> header = rows.isEmpty() ? List.of() : rows.get(0);
    for (String column : NEEDED) {
      if (!header.contains(column)) {
        throw new ReportFailure(
            file + " is no capacity.csv of ours: it has no column " + column, null);
      }
    }
    List<Trial> trials = new ArrayList<>();
    for (int i = 1; i < rows.size(); i++) {
      List<String> cells = rows.get(i);
      try {
        trials.add(
            CapacityColumns.trial(
                column -> {
                  int at = header.indexOf(column);
                  return at < 0 || at >= cells.size() ? null : plain(column, cells.get(at), form);
                }));
      } catch (IllegalArgumentException e) {
        throw new ReportFailure(file + ", row " + (i + 1) + ", " + e.getMessage(), e);
      }
    }
    return trials;
  }

  /** A figure with a decimal point, a word with the characters that it had. */
  private static String plain(String column, String cell, CsvForm form) {
    return switch (column) {
      case "purpose", "reason", "replica", "shard", "outcome" ->
          ESCAPE
              .matcher(cell)
              .replaceAll(
                  found -> {
                    String hex = found.group(1) == null ? found.group(2) : found.group(1);
                    return String.valueOf((char) Integer.parseInt(hex, 16));
                  });
      default -> form.read(cell);
    };
  }

  /** How many characters lie before the end of the last line that has one, quoted ones apart. */
  private static int whole(String file) {
    int whole = 0;
    boolean quoted = false;
    for (int at = 0; at < file.length(); at++) {
      if (file.charAt(at) == '"') {
        quoted = !quoted;
      } else if (file.charAt(at) == '\n' && !quoted) {
        whole = at + 1;
      }
    }
    return whole;
  }
}
