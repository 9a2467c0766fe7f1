package io.syncanalyzer.report.files;

import io.syncanalyzer.result.RunReport;
import io.syncanalyzer.result.figure.Measure;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * {@code runs.csv}: a wide row for every run, appended. A run that had to change its mind after its
 * row was there, as its result could not be written, has it replaced.
 *
 * <p>Safe when several processes and threads append at once: each holds the file's lock. A file
 * that another version wrote keeps its order of columns; those it lacks are added at its end, and
 * those it has beyond ours stay empty in our rows. A row that a killed run left half is ended where
 * it broke off, its other cells empty.
 *
 * <p>The file is in one form throughout, its own: only a run that was asked for a form turns it,
 * figure by figure, into that one. Figures of versions that wrote three decimals are mended.
 */
public final class RunsCsv {
  /** Threads of one JVM cannot share a file lock, so they queue here first. */
  private static final Object IN_THIS_JVM = new Object();

  private RunsCsv() {}

  /** What tells a run's row from all others, a run that goes on in an earlier one's folder too. */
  private static final List<String> IDENTITY =
      List.of("run_id", RunsTable.STATISTIC, RunsTable.STARTED_AT);

  /**
   * Appends the row of a run, or puts it in the place of the one that this very run has there.
   *
   * @param asked the form the file is to have from now on; empty = its own
   */
  public static void put(Path file, RunReport run, Optional<CsvForm> asked) {
    append(file, List.of(RunsTable.row(run)), asked);
  }

  /** Appends the median, smallest and largest of runs that repeat the same. */
  public static void appendSpread(
      Path file, String group, List<RunReport> runs, Optional<CsvForm> asked) {
    append(file, RunsTable.spread(group, runs), asked);
  }

  private static void append(Path file, List<Map<String, String>> rows, Optional<CsvForm> asked) {
    FileKind kind = FileKind.of(file);
    if (kind != FileKind.ABSENT && kind != FileKind.REGULAR) {
      throw new ReportFailure(
          "cannot append to " + file + ", for it is a " + kind.words() + "; move it away", null);
    }
    synchronized (IN_THIS_JVM) {
      try (FileChannel channel =
              FileChannel.open(
                  file,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE);
          var lock = channel.lock()) {
        assert lock.isValid();
        appendLocked(channel, rows, asked);
      } catch (IOException e) {
        throw new ReportFailure(
            "cannot write " + file + " (" + AtomicFile.reason(e) + "); check --results", e);
      }
    }
  }

  private static void appendLocked(
      FileChannel channel, List<Map<String, String>> rows, Optional<CsvForm> asked)
      throws IOException {
    byte[] before = readAll(channel);
    CsvForm own = CsvForm.ofHeader(new String(before, StandardCharsets.UTF_8));
    CsvForm form = asked.orElse(own);
    int whole = wholeLines(before);
    List<List<String>> lines = parse(before, 0, whole, own);
    List<String> header = new ArrayList<>(lines.isEmpty() ? List.of() : lines.get(0));
    List<String> wanted = RunsTable.TABLE.header();
    List<String> added = wanted.stream().filter(name -> !header.contains(name)).toList();
    header.addAll(added);
    StringBuilder text = new StringBuilder();
    List<List<String>> old = turned(header, lines.stream().skip(1).toList(), own, form);
    List<List<String>> fresh = new ArrayList<>();
    for (Map<String, String> row : rows) {
      List<String> plain = header.stream().map(name -> row.getOrDefault(name, "")).toList();
      List<String> turned = turned(header, List.of(plain), CsvForm.POINT, form).get(0);
      int place = placeOf(turned, old, header);
      if (place < 0) {
        fresh.add(turned);
      } else {
        old.set(place, turned);
      }
    }
    boolean anew = !added.isEmpty() || form != own || !old.equals(lines.stream().skip(1).toList());
    if (anew) {
      text.append(Table.line(header, form));
      old.forEach(row -> text.append(Table.line(padded(row, header.size()), form)));
    }
    if (whole > 0) {
      // A run that was killed while it appended left half a row: what it has is a row of its own.
      turned(header, parse(before, whole, before.length, own), own, form)
          .forEach(torn -> text.append(Table.line(padded(torn, header.size()), form)));
    }
    fresh.forEach(row -> text.append(Table.line(row, form)));
    write(channel, text.toString(), anew ? 0 : whole);
  }

  /** Where the run's row is by now; -1 where it has none, or where runs are taken together. */
  private static int placeOf(List<String> row, List<List<String>> present, List<String> header) {
    List<Integer> columns = IDENTITY.stream().map(header::indexOf).toList();
    for (int i = present.size() - 1; i >= 0; i--) {
      List<String> other = present.get(i);
      boolean same =
          columns.stream()
              .allMatch(
                  column ->
                      column < other.size()
                          && !row.get(column).isEmpty()
                          && row.get(column).equals(other.get(column)));
      if (same && row.get(columns.get(1)).equals(RunsTable.ONE_RUN)) {
        return i;
      }
    }
    return -1;
  }

  /** The rows with the figures of their columns in the other form; words stay as they are. */
  private static List<List<String>> turned(
      List<String> header, List<List<String>> rows, CsvForm from, CsvForm to) {
    List<List<String>> all = new ArrayList<>();
    for (List<String> row : rows) {
      List<String> cells = new ArrayList<>(row);
      for (int i = 0; i < Math.min(cells.size(), header.size()); i++) {
        String plain = from.read(cells.get(i));
        if (RunsTable.holdsFigures(header.get(i)) && Measure.isFigure(plain)) {
          cells.set(i, to.written(Measure.ofColumn(header.get(i)).text(plain)));
        }
      }
      all.add(cells);
    }
    return all;
  }

  private static void write(FileChannel channel, String text, long position) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    channel.position(position);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.truncate(channel.position());
    channel.force(true);
  }

  private static byte[] readAll(FileChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(channel.size()));
    channel.position(0);
    while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
      // Reads until the buffer is full; a channel may give less at a time.
    }
    byte[] bytes = new byte[buffer.position()];
    buffer.flip().get(bytes);
    return bytes;
  }

  /** How many bytes lie before the end of the last line that has one, quoted line ends apart. */
  private static int wholeLines(byte[] file) {
    int whole = 0;
    boolean quoted = false;
    for (int at = 0; at < file.length; at++) {
      if (file[at] == '"') {
        quoted = !quoted;
      } else if (file[at] == '\n' && !quoted) {
        whole = at + 1;
      }
    }
    return whole;
  }

  /** The rows of a part of the file; a quote that is not closed ends with it. */
  private static List<List<String>> parse(byte[] file, int from, int to, CsvForm form)
      throws IOException {
    String text = new String(file, from, to - from, StandardCharsets.UTF_8);
    boolean open = text.chars().filter(c -> c == '"').count() % 2 == 1;
    // A spreadsheet that saved the file may have put a byte order mark before it.
    String unmarked = from == 0 ? text.replaceFirst("^\\x{FEFF}", "") : text;
    try (CSVParser parser =
        CSVParser.parse(new StringReader(open ? unmarked + '"' : unmarked), form.format())) {
      return parser.stream().map(CSVRecord::toList).toList();
    }
  }

  private static List<String> padded(List<String> row, int size) {
    List<String> padded = new ArrayList<>(row);
    while (padded.size() < size) {
      padded.add("");
    }
    return padded;
  }

  /** Column to cell of a row. */
  static Map<String, String> named(List<String> header, List<String> cells) {
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < header.size(); i++) {
      row.put(header.get(i), cells.get(i));
    }
    return row;
  }
}
