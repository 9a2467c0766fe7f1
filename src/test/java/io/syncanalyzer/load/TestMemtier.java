package io.syncanalyzer.load;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.syncanalyzer.load.memtier.MemtierLocation;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The real memtier_benchmark of this machine: those that the variable {@code ANALYZER_TEST_MEMTIER}
 * names (paths with {@code :} between), else the one on PATH. What needs one may be skipped, for no
 * package brings it: all say so in the words of {@link #needed}, which the build's own check of
 * skipped tests knows.
 */
public final class TestMemtier {
  private static final List<Path> FOUND = find();

  private TestMemtier() {}

  /** Those there are, maybe none. */
  static List<Path> all() {
    return FOUND;
  }

  /** The first one, of a test that {@link #needed} let through. */
  public static Path first() {
    return FOUND.get(0);
  }

  /** Skips the test that calls it where there is none. */
  public static void needed() {
    assumeThat(FOUND)
        .as("no memtier_benchmark on this machine: put one on PATH or in ANALYZER_TEST_MEMTIER")
        .isNotEmpty();
  }

  private static List<Path> find() {
    String named = System.getenv().getOrDefault("ANALYZER_TEST_MEMTIER", "");
    List<Path> found =
        Stream.of(named.split(":", -1)).filter(path -> !path.isBlank()).map(Path::of).toList();
    return found.isEmpty()
        ? MemtierLocation.find("memtier_benchmark", System.getenv().getOrDefault("PATH", ""))
            .map(List::of)
            .orElse(List.of())
        : found;
  }
}
