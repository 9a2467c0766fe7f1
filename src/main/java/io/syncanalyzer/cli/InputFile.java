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
   * Refuses what has no text to read, or no end. A pipe may be named ({@code <(…)} of a shell). A
   * file that is not there is left to its reader, which knows what else might have been meant.
   *
   * @throws IllegalArgumentException with one line that begins with {@code option}
   */
  static void check(String option, String name) {
    Path file;
    try {
      file = Path.of(name);
    } catch (InvalidPathException noPath) {
      return;
    }
    FileKind kind = FileKind.of(file);
    if (kind == FileKind.FOLDER) {
      throw new IllegalArgumentException(option + ": " + name + " is a folder; name a file");
    }
    if (kind == FileKind.SOCKET || (kind == FileKind.DEVICE && !ends(file))) {
      throw new IllegalArgumentException(
          option
              + ": "
              + name
              + " is a "
              + kind.words()
              + ", which has no end to read to; name a file");
    }
  }

  /** As the other, of an option that may not have been given. */
  static Optional<Path> checked(String option, @Nullable Path file) {
    Optional<Path> given = Optional.ofNullable(file);
    given.ifPresent(path -> check(option, path.toString()));
    return given;
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
