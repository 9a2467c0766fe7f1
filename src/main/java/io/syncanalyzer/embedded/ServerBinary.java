package io.syncanalyzer.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.embedded.core.ExecutableProvider;

/**
 * A redis-server (or valkey-server) executable and the version it prints.
 *
 * @param path the executable
 * @param version such as {@code Redis 7.0.15}
 * @param origin how it was found, in words for the console and run.json
 */
public record ServerBinary(Path path, String version, String origin) {
  private static final Pattern VERSION = Pattern.compile("(\\w+) server v=(\\S+)");

  public ServerBinary {
    Objects.requireNonNull(path, "path is null");
    Objects.requireNonNull(version, "version is null");
    Objects.requireNonNull(origin, "origin is null");
  }

  /** The first {@code redis-server} on PATH. */
  public static Optional<ServerBinary> onPath() {
    String path = System.getenv().getOrDefault("PATH", "");
    for (String folder : path.split(File.pathSeparator, -1)) {
      if (!folder.isEmpty()) {
        Path candidate = Path.of(folder, "redis-server");
        if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
          return Optional.of(ask(candidate, "on PATH"));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * The one on PATH, else the one inside the library, unpacked into {@code folder}.
   *
   * @throws EmbeddedFailure if there is none that runs here
   */
  public static ServerBinary onPathOrBundled(Path folder) {
    return onPath().orElseGet(() -> bundled(folder));
  }

  /**
   * The one that the user named.
   *
   * @throws EmbeddedFailure if it is not there, not executable, or no Redis server
   */
  public static ServerBinary at(Path path) {
    if (!Files.isRegularFile(path) || !Files.isExecutable(path)) {
      throw new EmbeddedFailure(
          "--redis-server: " + path + " is not an executable file; give a redis-server", null);
    }
    return ask(path, "--redis-server");
  }

  /**
   * The one inside the embedded-redis library, unpacked into {@code folder}.
   *
   * @throws EmbeddedFailure if there is none for this system, or it does not run here
   */
  public static ServerBinary bundled(Path folder) {
    try {
      Path path = ExecutableProvider.newJarResourceProvider(folder.toFile()).get().toPath();
      return ask(path, "bundled with the analyzer");
    } catch (IOException | RuntimeException e) {
      if (e instanceof EmbeddedFailure known) {
        throw known;
      }
      throw new EmbeddedFailure(
          "no bundled redis-server for this system ("
              + e.getMessage()
              + "); install one and put it on PATH, or name it with --redis-server",
          e);
    }
  }

  private static ServerBinary ask(Path path, String origin) {
    try {
      Process process =
          new ProcessBuilder(path.toString(), "--version").redirectErrorStream(true).start();
      String said;
      try (var out = process.getInputStream()) {
        said = new String(out.readNBytes(4096), StandardCharsets.UTF_8).strip();
      }
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      Matcher version = VERSION.matcher(said);
      if (!version.find()) {
        throw new EmbeddedFailure(
            path + " does not run as a Redis server; it said: " + firstLine(said), null);
      }
      return new ServerBinary(path, version.group(1) + " " + version.group(2), origin);
    } catch (IOException e) {
      throw new EmbeddedFailure("cannot run " + path + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedFailure("interrupted while asking " + path + " its version", e);
    }
  }

  private static String firstLine(String said) {
    return said.lines().findFirst().orElse("nothing");
  }
}
