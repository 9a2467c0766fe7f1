package io.syncanalyzer.load.memtier;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A load profile: memtier's own options, one a line; {@code #} begins a comment, empty lines do not
 * count. A value follows {@code =} or a blank, and is taken to the line's end, without the quotes a
 * shell would need.
 *
 * @param name as the user gave it
 * @param options in the file's order, which matters: {@code --command-ratio} belongs to the {@code
 *     --command} before it
 */
public record LoadProfile(String name, List<Option> options) {
  private static final List<String> SHIPPED =
      List.of("strings", "all-types", "mixed-read-write", "large-values", "expiring", "hot-keys");

  /**
   * One option of memtier.
   *
   * @param name with its dashes, such as {@code --pipeline} or {@code -d}
   * @param value empty = a switch
   * @param line its line in the file, from 1
   */
  public record Option(String name, Optional<String> value, int line) {
    /** As it stands on a command line. */
    List<String> arguments() {
      if (value.isEmpty()) {
        return List.of(name);
      }
      return name.startsWith("--") ? List.of(name + "=" + value.get()) : List.of(name, value.get());
    }
  }

  public LoadProfile {
    options = List.copyOf(options);
  }

  /** The profiles that are shipped with the analyzer. */
  public static List<String> names() {
    return SHIPPED;
  }

  /**
   * Reads a profile: one of {@link #names}, else a file.
   *
   * @throws IllegalArgumentException with one line: the file is missing, or a line is no option
   */
  public static LoadProfile of(String nameOrFile) {
    if (SHIPPED.contains(nameOrFile)) {
      return parse(nameOrFile, shipped(nameOrFile));
    }
    try {
      return parse(nameOrFile, Files.readAllLines(Path.of(nameOrFile), StandardCharsets.UTF_8));
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException(
          "--memtier-profile: cannot read `"
              + nameOrFile
              + "` ("
              + e.getClass().getSimpleName()
              + "); give a file, or one of "
              + String.join(", ", SHIPPED),
          e);
    }
  }

  /** Reads the lines of a profile. */
  static LoadProfile parse(String name, List<String> lines) {
    List<Option> options = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      if (!line.matches("--?[A-Za-z0-9].*")) {
        throw new IllegalArgumentException(
            name
                + ", line "
                + (i + 1)
                + ": `"
                + line
                + "` is no option of memtier_benchmark; write one option a line, such as"
                + " --pipeline=4");
      }
      options.add(option(line, i + 1));
    }
    if (options.isEmpty()) {
      throw new IllegalArgumentException(
          name + " holds no option of memtier_benchmark; write one a line, such as --ratio=1:0");
    }
    return new LoadProfile(name, options);
  }

  private static Option option(String line, int number) {
    int end = 0;
    while (end < line.length() && line.charAt(end) != '=' && line.charAt(end) > ' ') {
      end++;
    }
    if (end == line.length()) {
      return new Option(line, Optional.empty(), number);
    }
    String value = line.substring(end + 1).strip();
    boolean quoted =
        value.length() >= 2
            && (value.charAt(0) == '"' || value.charAt(0) == '\'')
            && value.charAt(value.length() - 1) == value.charAt(0);
    return new Option(
        line.substring(0, end),
        Optional.of(quoted ? value.substring(1, value.length() - 1) : value),
        number);
  }

  private static List<String> shipped(String name) {
    String resource = "/memtier/" + name + ".txt";
    try (InputStream in = LoadProfile.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is not in the jar; build it anew");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + resource + " from the jar", e);
    }
  }
}
