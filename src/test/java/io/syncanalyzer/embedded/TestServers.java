package io.syncanalyzer.embedded;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The servers that integration tests run on: the bundled 6.2, the one on PATH, and any that the
 * variable {@code ANALYZER_TEST_SERVERS} names (paths with {@code :} between). A missing one fails.
 */
public final class TestServers {
  private static final List<ServerBinary> ALL = find();

  private TestServers() {}

  /** Every server, oldest first. */
  public static Stream<ServerBinary> all() {
    return ALL.stream();
  }

  /**
   * Every server in the profile {@code long}; the one on PATH else: for tests that take long, of
   * what no version of the server does otherwise.
   */
  public static Stream<ServerBinary> onPathOrAll() {
    return Boolean.getBoolean("analyzer.every.server") ? all() : Stream.of(onPath());
  }

  /** The one on PATH. */
  public static ServerBinary onPath() {
    return ServerBinary.onPath()
        .orElseThrow(
            () -> new AssertionError("no redis-server on PATH: apt-get install redis-server"));
  }

  /** The bundled one. */
  public static ServerBinary bundled() {
    return ALL.get(0);
  }

  /**
   * A Valkey 9.1 or later, which has databases in a cluster and users with databases of their own.
   * Skips the test that calls it where there is none, in words that the build's own check of
   * skipped tests knows: Debian's stable suites have no package of it.
   */
  public static ServerBinary valkey() {
    Optional<ServerBinary> found =
        all()
            .filter(server -> server.version().matches("Valkey (9\\.[1-9]|[1-9]\\d\\.).*"))
            .findFirst();
    assumeThat(found)
        .as("no Valkey 9.1 on this machine: put its server on PATH or in ANALYZER_TEST_SERVERS")
        .isPresent();
    return found.orElseThrow();
  }

  private static List<ServerBinary> find() {
    List<ServerBinary> found = new ArrayList<>();
    try {
      Path folder = Files.createTempDirectory("analyzer-test-binary-");
      folder.toFile().deleteOnExit();
      ServerBinary bundled = ServerBinary.bundled(folder);
      bundled.path().toFile().deleteOnExit();
      found.add(bundled);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    found.add(onPath());
    String more = System.getenv().getOrDefault("ANALYZER_TEST_SERVERS", "");
    for (String path : more.split(":", -1)) {
      if (!path.isBlank()) {
        found.add(ServerBinary.at(Path.of(path)));
      }
    }
    return List.copyOf(found);
  }
}
