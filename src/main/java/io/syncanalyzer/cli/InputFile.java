package io.syncanalyzer.cli;

import io.syncanalyzer.report.FileKind;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file that an option names to be read, looked at before anything is opened. */
final class InputFile {
  private InputFile() {}

  /**
   * Refuses what has no text to read, or no end. A file that is not there is left to its reader,
   * which knows what else might have been meant. A pipe may be named ({@code <(…)} of a shell).
   *
   * @throws IllegalArgumentException with one line that begins with {@code option}
   */
  static void check(String option, String name) {
    FileKind kind = kind(name);
    if (kind == FileKind.FOLDER) {
      throw new IllegalArgumentException(option + ": " + name + " is a folder; name a file");
    }
    if (kind == FileKind.SOCKET || (kind == FileKind.DEVICE && !ends(Path.of(name)))) {
      throw new IllegalArgumentException(
          option
              + ": "
              + name
              + " is a "
              + kind.words()
              + ", which has no end to read to; name a file");
    }
  }

  /** As the other, of a file that is read more than once, so that a pipe is refused too. */
  static void checkLasting(String option, String name) {
    check(option, name);
    if (kind(name) == FileKind.PIPE) {
      throw new IllegalArgumentException(
          option + ": " + name + " is a pipe, and it is read more than once; name a file");
    }
  }

  /** As the other, of an option that may not have been given. */
  static Optional<Path> lasting(String option, @Nullable Path file) {
    Optional<Path> given = Optional.ofNullable(file);
    given.ifPresent(path -> checkLasting(option, path.toString()));
    return given;
  }

  private static FileKind kind(String name) {
    try {
      return FileKind.of(Path.of(name));
    } catch (InvalidPathException noPath) {
      return FileKind.ABSENT;
    }
  }

  /** Whether reading a device ends: at once, or when someone types that it does. */
  private static boolean ends(Path file) {
    try {
      String real = file.toRealPath().toString();
      return real.equals("/dev/null") || real.equals("/dev/tty") || real.startsWith("/dev/pts/");
    } catch (IOException e) {
      return false;
    }
  }
}
