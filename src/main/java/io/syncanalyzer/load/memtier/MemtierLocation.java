package io.syncanalyzer.load.memtier;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** Where memtier_benchmark is taken from. */
public sealed interface MemtierLocation {
  /** The image used where none is named. */
  String PUBLISHED_IMAGE = "redis/memtier_benchmark:latest";

  /** How to come by it: one sentence for those who have none. */
  String HOW_TO_GET =
      "get it with `brew install memtier_benchmark`, as package memtier-benchmark from"
          + " packages.redis.io, from github.com/redis/memtier_benchmark, or use --memtier docker";

  /** The first {@code memtier_benchmark} in the folders of {@code PATH}. */
  record OnPath() implements MemtierLocation {}

  /** A file that the user named. */
  record AtPath(Path file) implements MemtierLocation {
    public AtPath {
      Objects.requireNonNull(file, "file is null");
    }
  }

  /** A container of this image, on the host's network. */
  record InDocker(String image) implements MemtierLocation {
    public InDocker {
      if (image.isBlank() || image.startsWith("-")) {
        throw new IllegalArgumentException(
            "--memtier: `docker:" + image + "` names no image; expected docker[:IMAGE]");
      }
    }
  }

  /**
   * Reads the value of {@code --memtier}: {@code docker}, {@code docker:IMAGE}, or a path.
   *
   * @throws IllegalArgumentException with one line saying what is wrong
   */
  static MemtierLocation parse(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException(
          "--memtier: the value is empty; expected a path or docker[:IMAGE]");
    }
    if (text.equals("docker")) {
      return new InDocker(PUBLISHED_IMAGE);
    }
    if (text.startsWith("docker:")) {
      return new InDocker(text.substring("docker:".length()));
    }
    try {
      return new AtPath(Path.of(text));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("--memtier: `" + text + "` is not a path", e);
    }
  }

  /**
   * The first executable of that name in a list of folders.
   *
   * @param folders as {@code PATH} has it, separated by the platform's path separator
   */
  static Optional<Path> find(String program, String folders) {
    for (String folder : folders.split(java.io.File.pathSeparator, -1)) {
      try {
        Path file = Path.of(folder.isEmpty() ? "." : folder).resolve(program).toAbsolutePath();
        if (Files.isRegularFile(file) && Files.isExecutable(file)) {
          return Optional.of(file);
        }
      } catch (InvalidPathException notAFolder) {
        // PATH may hold anything; a shell skips such an entry as well.
      }
    }
    return Optional.empty();
  }
}
