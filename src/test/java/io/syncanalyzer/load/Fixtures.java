package io.syncanalyzer.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The recorded outputs under {@code src/test/resources/memtier}. */
final class Fixtures {
  private static final Path FOLDER = Path.of("src/test/resources/memtier");

  private Fixtures() {}

  static Path path(String version, String file) {
    return FOLDER.resolve(version).resolve(file);
  }

  static String text(String version, String file) {
    try {
      return Files.readString(path(version, file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What stderr told, as if it were read live. */
  static StderrReading stderr(String version, String run) {
    StderrReading reading = new StderrReading();
    text(version, run + ".stderr").lines().forEach(reading::line);
    return reading;
  }

  /** A recorded run as the phase would read it. */
  static MemtierOutput output(String version, String run) {
    return MemtierOutput.read(
        path(version, run + ".txt"), path(version, run + ".json"), stderr(version, run));
  }

  static MemtierFeatures features(String version, boolean joinedKeys) {
    return MemtierFeatures.read(
        text(version, "version.txt"),
        text(version, "help.txt"),
        joinedKeys
            ? "error: data placeholder can't combined with other data"
            : "error: key placeholder can't combined with other data");
  }
}
