package io.syncanalyzer.bench;

import io.syncanalyzer.embedded.ServerBinary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The folder of a benchmark that starts servers of its own, gone with everything in it when closed.
 *
 * @param folder where a phase puts its files
 */
record Scratch(Path folder) implements AutoCloseable {
  Scratch {
    Objects.requireNonNull(folder, "folder is null");
  }

  static Scratch open() throws IOException {
    return new Scratch(Files.createTempDirectory("analyzer-bench"));
  }

  /** What to start. */
  ServerBinary redisServer() {
    return ServerBinary.onPathOrBundled(folder);
  }

  @Override
  public void close() throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(folder)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path one : deepestFirst) {
      Files.delete(one);
    }
  }
}
