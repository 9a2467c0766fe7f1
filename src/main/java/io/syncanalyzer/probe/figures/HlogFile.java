package io.syncanalyzer.probe.figures;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * The run's histogram log, {@code lag.hlog}: nanoseconds, one-second intervals, times as seconds
 * since 1970.
 *
 * <p>Tags: {@code upper}, {@code lower}, {@code intended} of the measured phase (load or probe);
 * those of the other phases as {@code floor-upper}, {@code baseline-upper} and so on; from a run's
 * second replica on {@code upper@host:port}. Of several shards all together have these, and each
 * one {@code upper#host:port}, by its source's node. The phases of a run append to one file; where
 * it has content already, no second header is written.
 *
 * <p>Format: <a href="https://github.com/HdrHistogram/HdrHistogram">HdrHistogram</a> log 1.3, read
 * by its HistogramLogProcessor. Not safe for use by several threads.
 */
public final class HlogFile implements AutoCloseable {
  private final Path path;
  private final PrintStream out;
  private final HistogramLogWriter writer;

  private HlogFile(Path path, PrintStream out) {
    this.path = path;
    this.out = out;
    this.writer = new HistogramLogWriter(out);
  }

  /**
   * Opens the file, or begins it.
   *
   * @throws ProbeFailure if it cannot be written
   */
  public static HlogFile append(Path path, long startEpochMillis) {
    try {
      boolean isNew = !Files.exists(path) || Files.size(path) == 0;
      OutputStream stream =
          Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      HlogFile file = new HlogFile(path, new PrintStream(stream, false, StandardCharsets.UTF_8));
      if (isNew) {
        file.writer.outputComment("[Lag of sentinels, nanoseconds]");
        file.writer.outputLogFormatVersion();
        file.writer.outputStartTime(startEpochMillis);
        file.writer.outputLegend();
      }
      return file;
    } catch (IOException e) {
      throw new ProbeFailure("cannot write " + path + ": " + e.getMessage(), e);
    }
  }

  /** Writes an interval; the histogram's tag is set by this. */
  public void interval(String tag, long fromEpochMillis, long toEpochMillis, Histogram histogram) {
    histogram.setTag(tag);
    writer.outputIntervalHistogram(
        fromEpochMillis / 1000.0, toEpochMillis / 1000.0, histogram, 1.0);
    histogram.setTag(null);
  }

  /**
   * Closes the file.
   *
   * @throws ProbeFailure if something could not be written
   */
  @Override
  public void close() {
    boolean broken = out.checkError();
    out.close();
    if (broken) {
      throw new ProbeFailure("could not write all of " + path + "; is the disk full?", null);
    }
  }
}
