package io.syncanalyzer.cli.words;

import io.syncanalyzer.report.files.FileKind;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file that an option names to be read, looked at before anything is opened. */
public final class InputFile {
  /** In characters; longer than any options that people write. */
  private static final int LONGEST = 1 << 20;

  private InputFile() {}

  /** Whether something of that name is there, whatever it is. */
  static boolean isThere(String name) {
    return kind(name) != FileKind.ABSENT;
  }

  /**
   * A file of options, whole, in UTF-8 whatever the locale. It is opened once, so that a pipe may
   * be named; one that gives nothing is refused, for what writes to it has most likely failed, and
   * without its options a command might go to another server.
   *
   * @throws IllegalArgumentException with one line that begins with {@code option}, if it holds no
   *     such text
   * @throws IOException if it cannot be read
   */
  static String text(String option, String name) throws IOException {
    check(option, name);
    StringBuilder text = new StringBuilder();
    try (Reader reader = Files.newBufferedReader(Path.of(name), StandardCharsets.UTF_8)) {
      char[] part = new char[4096];
      for (int count = reader.read(part); count >= 0; count = reader.read(part)) {
        text.append(part, 0, count);
        if (text.length() > LONGEST) {
          throw new IllegalArgumentException(
              option + ": " + name + " holds more than 1 MiB, which are no options; name a file");
        }
      }
    } catch (AccessDeniedException e) {
      throw new IllegalArgumentException(option + ": " + name + " may not be read", e);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          option + ": " + name + " holds bytes that are no UTF-8; write it in UTF-8", e);
    }
    if (text.toString().isBlank() && kind(name) == FileKind.PIPE) {
      throw new IllegalArgumentException(
          option
              + ": "
              + name
              + " is a pipe that gave nothing; see whether what writes to it fails");
    }
    return text.toString();
  }

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
  public static void checkLasting(String option, String name) {
    check(option, name);
    if (kind(name) == FileKind.PIPE) {
      throw new IllegalArgumentException(
          option + ": " + name + " is a pipe, and it is read more than once; name a file");
    }
  }

  /** As the other, of an option that may not have been given. */
  public static Optional<Path> lasting(String option, @Nullable Path file) {
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
