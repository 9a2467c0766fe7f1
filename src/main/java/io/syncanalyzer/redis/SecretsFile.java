package io.syncanalyzer.redis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A file of {@link Credentials}, for where the environment is no place for them: lines {@code
 * NAME=VALUE}, in UTF-8.
 *
 * <p>A value is all that follows the first {@code =}, as it is, to the end of the line; an empty
 * one takes away what the environment gives. Of a name that stands there twice the last line
 * counts. Lines that are empty or begin with {@code #} say nothing. No failure repeats what a line
 * holds, and the object prints as the names that it gives.
 */
public final class SecretsFile {
  /** The variable that names such a file where no option does. */
  public static final String VARIABLE = "ANALYZER_SECRETS_FILE";

  private static final String OPTION = "--secrets-file: ";

  /** In bytes; a file that is longer, or has no end, holds something else. */
  private static final int LONGEST = 1 << 16;

  private final Map<String, String> values;
  private final Optional<String> warning;

  private SecretsFile(Map<String, String> values, Optional<String> warning) {
    this.values = Map.copyOf(values);
    this.warning = warning;
  }

  /**
   * Reads it, once and from its begin to its end, so that a pipe may be named.
   *
   * @throws IllegalArgumentException with one line that names the option, the file, the line and
   *     what is wrong with it
   */
  public static SecretsFile read(Path file) {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(LONGEST + 1);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          OPTION + "cannot read " + file + ": " + why(file, e) + "; name a file of secrets", e);
    }
    if (bytes.length > LONGEST) {
      throw new IllegalArgumentException(
          OPTION + file + " holds more than 64 KiB, which are no secrets");
    }
    if (bytes.length == 0 && !Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          OPTION + file + " gave nothing; see whether what writes to it fails");
    }
    return new SecretsFile(values(file, bytes), warning(file));
  }

  /**
   * The one that a variable among these names, if any does.
   *
   * @throws IllegalArgumentException as {@link #read}
   */
  static Optional<SecretsFile> namedIn(Map<String, String> environment) {
    return Optional.ofNullable(environment.get(VARIABLE))
        .filter(name -> !name.isEmpty())
        .map(name -> read(Path.of(name)));
  }

  /** An environment in which what the file gives stands in the place of what was there. */
  public Map<String, String> over(Map<String, String> environment) {
    Map<String, String> all = new LinkedHashMap<>(environment);
    all.putAll(values);
    return all;
  }

  /** One line for the user where others than the file's owner and group may read it. */
  public Optional<String> warning() {
    return warning;
  }

  /** The names that it gives, without what they are. */
  @Override
  public String toString() {
    return new TreeSet<>(values.keySet()).toString();
  }

  private static Map<String, String> values(Path file, byte[] bytes) {
    Map<String, String> values = new LinkedHashMap<>();
    // Each byte as one character, so that a line that is no UTF-8 can be told by its number.
    List<String> lines = List.of(new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1));
    for (int i = 0; i < lines.size(); i++) {
      String line = line(file, lines.get(i), i + 1);
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      int equals = line.indexOf('=');
      if (equals < 0) {
        throw wrong(file, i + 1, "has no '='; write NAME=VALUE");
      }
      String name = line.substring(0, equals);
      if (!Credentials.NAMES.contains(name)) {
        throw wrong(
            file,
            i + 1,
            "what stands before its '=' is none of " + String.join(", ", Credentials.NAMES));
      }
      values.put(name, line.substring(equals + 1));
    }
    return values;
  }

  /** The line without its end; the first one also without the mark that some editors begin with. */
  private static String line(Path file, String bytes, int number) {
    String text;
    try {
      text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
              .toString();
    } catch (CharacterCodingException e) {
      throw wrong(file, number, "holds bytes that are no UTF-8; write it in UTF-8");
    }
    String whole = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    return number == 1 && whole.startsWith("\ufeff") ? whole.substring(1) : whole;
  }

  private static IllegalArgumentException wrong(Path file, int line, String why) {
    return new IllegalArgumentException(OPTION + file + ", line " + line + ": " + why);
  }

  private static String why(Path file, IOException e) {
    return e instanceof NoSuchFileException
        ? "there is no such file"
        : e instanceof AccessDeniedException
            ? "it may not be read"
            : Files.isDirectory(file) ? "it is a folder" : FailureCauses.oneLine(e);
  }

  private static Optional<String> warning(Path file) {
    try {
      return Files.isRegularFile(file)
              && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)
          ? Optional.of(OPTION + "every user of this machine may read " + file + "; chmod o-r it")
          : Optional.empty();
    } catch (IOException | UnsupportedOperationException notKnown) {
      return Optional.empty();
    }
  }
}
