package io.syncanalyzer.load.process;

import io.syncanalyzer.load.output.StderrReading;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Reads a process's stderr on a thread of its own, so that a flood never blocks the process: every
 * line goes to the reader, the first {@value #KEPT_BYTES} bytes also to a file.
 */
final class StderrPump {
  /** A load refused by a source prints a line an operation; this much of it is kept. */
  static final int KEPT_BYTES = 8 << 20;

  private static final int LONGEST_LINE = 16 << 10;

  private final InputStream in;
  private final Optional<Path> file;
  private final UnaryOperator<String> masked;
  private final StderrReading reading;
  private final Thread thread;
  private long kept;
  private long dropped;

  /**
   * @param file where it is kept; empty = nowhere
   * @param masked takes secrets out of a line
   */
  StderrPump(
      InputStream in, Optional<Path> file, UnaryOperator<String> masked, StderrReading reading) {
    this.in = in;
    this.file = file;
    this.masked = masked;
    this.reading = reading;
    this.thread = new Thread(this::pump, "memtier-stderr");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Waits for the end of the stream, at most so long. */
  void join(long millis) throws InterruptedException {
    thread.join(millis);
  }

  private void pump() {
    try (OutputStream out =
        file.isPresent() ? Files.newOutputStream(file.get()) : OutputStream.nullOutputStream()) {
      byte[] buffer = new byte[64 << 10];
      byte[] line = new byte[LONGEST_LINE];
      int length = 0;
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        for (int i = 0; i < read; i++) {
          byte b = buffer[i];
          boolean end = b == '\n' || b == '\r';
          if (!end && length < LONGEST_LINE) {
            line[length++] = b;
          }
          if (end) {
            line(out, line, length, (char) b);
            length = 0;
          }
        }
        out.flush();
      }
      if (length > 0) {
        line(out, line, length, '\n');
      }
      if (dropped > 0) {
        out.write(
            ("… and " + dropped + " bytes more, not kept\n").getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException streamClosed) {
      // The process was killed, or the disk is full: what was read counts.
    }
  }

  private void line(OutputStream out, byte[] line, int length, char end) throws IOException {
    String text = masked.apply(new String(line, 0, length, StandardCharsets.UTF_8));
    reading.line(text);
    if (kept >= KEPT_BYTES) {
      dropped += length + 1L;
      return;
    }
    byte[] bytes = (text + end).getBytes(StandardCharsets.UTF_8);
    out.write(bytes);
    kept += bytes.length;
  }
}
