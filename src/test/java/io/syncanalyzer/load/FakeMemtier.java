package io.syncanalyzer.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A program that poses as memtier_benchmark 2.3.1: it answers the questions about its version and
 * then misbehaves as told.
 */
public final class FakeMemtier {
  /** What it prints once a second, {@code $1} operations so far. */
  private static final String START =
      """
      #!/bin/sh
      for argument in "$@"; do
        case "$before $argument" in
          '-c 0') echo 'error: clients must be greater than zero.' >&2; exit 2;;
        esac
        before="$argument"
        case "$argument" in
          --version) cat '@RECORDED@/version.txt'; exit 0;;
          --help) cat '@RECORDED@/help.txt'; exit 2;;
          *a:__data__*) echo "error: data placeholder can't combined with other data" >&2; exit 1;;
          --out-file=*) text="${argument#*=}";;
          --json-out-file=*) json="${argument#*=}";;
        esac
      done
      progress() {
        printf '[RUN #1 10%%,   1 secs]  1 threads  1 conns: %11d ops,   16605 (avg:   17543) ops/sec, 1.25MB/sec (avg: 1.32MB/sec),  0.12 (avg:  0.11) msec latency\\r' "$1" >&2
      }
      """;

  private FakeMemtier() {}

  /** Writes it into a folder. */
  public static Path in(Path folder, String behaviour) {
    Path recorded = Path.of("src/test/resources/memtier/2.3.1").toAbsolutePath();
    try {
      Path file = Files.createTempFile(folder, "fake-memtier", "");
      Files.writeString(file, START.replace("@RECORDED@", recorded.toString()) + behaviour);
      if (!file.toFile().setExecutable(true)) {
        throw new IOException("cannot make " + file + " executable");
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A copy of a recorded run's report. */
  static String report(String run) {
    Path recorded = Path.of("src/test/resources/memtier/2.3.1").toAbsolutePath();
    return "cp '"
        + recorded
        + "/"
        + run
        + ".txt' \"$text\"; cp '"
        + recorded
        + "/"
        + run
        + ".json' \"$json\"\n";
  }
}
