package io.syncanalyzer.report;

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
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * {@code runs.csv}: a wide row for every run, appended.
 *
 * <p>Safe when several processes and threads append at once: each holds the file's lock. A file
 * that another version wrote keeps its order of columns; those it lacks are added at its end, and
 * those it has beyond ours stay empty in our rows. A row that a killed run left half is ended where
 * it broke off, its other cells empty.
 */
final class RunsCsv {
  /** Threads of one JVM cannot share a file lock, so they queue here first. */
  private static final Object IN_THIS_JVM = new Object();

  private RunsCsv() {}

  /** Appends the row of a run. */
  static void append(Path file, RunReport run) {
    append(file, List.of(RunsTable.row(run)));
  }

  /** Appends the median, smallest and largest of runs that repeat the same. */
  static void appendSpread(Path file, String group, List<RunReport> runs) {
    append(file, RunsTable.spread(group, runs));
  }

  private static void append(Path file, List<Map<String, String>> rows) {
    synchronized (IN_THIS_JVM) {
      try (FileChannel channel =
              FileChannel.open(
                  file,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE);
          var lock = channel.lock()) {
        assert lock.isValid();
        appendLocked(channel, rows);
      } catch (IOException e) {
        throw new ReportFailure(
            "cannot write " + file + " (" + AtomicFile.reason(e) + "); check --results", e);
      }
    }
  }

  private static void appendLocked(FileChannel channel, List<Map<String, String>> rows)
      throws IOException {
    byte[] before = readAll(channel);
    int whole = wholeLines(before);
    List<List<String>> lines = parse(before, 0, whole);
    List<String> header = new ArrayList<>(lines.isEmpty() ? List.of() : lines.get(0));
    List<String> wanted = RunsTable.TABLE.header();
    List<String> added = wanted.stream().filter(name -> !header.contains(name)).toList();
    header.addAll(added);
    StringBuilder text = new StringBuilder();
    boolean anew = !added.isEmpty();
    if (anew) {
      text.append(Table.line(header));
      lines.stream().skip(1).forEach(old -> text.append(Table.line(padded(old, header.size()))));
    }
    if (whole > 0) {
      // A run that was killed while it appended left half a row: what it has is a row of its own.
      parse(before, whole, before.length)
          .forEach(torn -> text.append(Table.line(padded(torn, header.size()))));
    }
    for (Map<String, String> row : rows) {
      text.append(Table.line(header.stream().map(name -> row.getOrDefault(name, "")).toList()));
    }
    write(channel, text.toString(), anew ? 0 : whole);
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
  private static List<List<String>> parse(byte[] file, int from, int to) throws IOException {
    String text = new String(file, from, to - from, StandardCharsets.UTF_8);
    boolean open = text.chars().filter(c -> c == '"').count() % 2 == 1;
    try (CSVParser parser =
        CSVParser.parse(new StringReader(open ? text + '"' : text), Table.CSV)) {
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
