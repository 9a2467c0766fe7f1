package io.syncanalyzer.load;

import io.syncanalyzer.load.memtier.MemtierFeatures;
import io.syncanalyzer.load.output.MemtierOutput;
import io.syncanalyzer.load.output.StderrReading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The recorded outputs under {@code src/test/resources/memtier}. */
public final class Fixtures {
  private static final Path FOLDER = Path.of("src/test/resources/memtier");

  private Fixtures() {}

  static Path path(String version, String file) {
    return FOLDER.resolve(version).resolve(file);
  }

  public static String text(String version, String file) {
    try {
      return Files.readString(path(version, file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What stderr told, as if it were read live. */
  public static StderrReading stderr(String version, String run) {
    StderrReading reading = new StderrReading();
    text(version, run + ".stderr").lines().forEach(reading::line);
    return reading;
  }

  /** A recorded run as the phase would read it. */
  public static MemtierOutput output(String version, String run) {
    return MemtierOutput.read(
        path(version, run + ".txt"), path(version, run + ".json"), stderr(version, run));
  }

  public static MemtierFeatures features(String version, boolean joinedKeys) {
    return MemtierFeatures.read(
        text(version, "version.txt"),
        text(version, "help.txt"),
        joinedKeys
            ? "error: data placeholder can't combined with other data"
            : "error: key placeholder can't combined with other data");
  }
}
