package io.syncanalyzer.golden;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;

/**
 * Files under {@code src/test/resources/golden} that say what a user sees. A test that finds
 * something else fails with the file's name and the lines that differ, and leaves what it saw under
 * {@code target/golden}.
 *
 * <p>Where a change is meant, {@code -Dgolden.write=true} writes the files anew; what is then
 * committed shows in the diff what a user will see differently.
 */
public final class Golden {
  private static final Path FILES = Path.of("src/test/resources/golden");
  private static final Path SEEN = Path.of("target/golden");

  private Golden() {}

  /**
   * Compares a folder of golden files with what was seen, both ways: a file that is not golden
   * fails, and so does a golden one that is not there any more.
   *
   * @param folder under {@code golden}, such as {@code help}
   * @param seen text by name of file
   */
  public static void compare(String folder, Map<String, String> seen) {
    if (Boolean.getBoolean("golden.write")) {
      write(FILES.resolve(folder), seen);
      return;
    }
    write(SEEN.resolve(folder), seen);
    SoftAssertions all = new SoftAssertions();
    Set<String> names = new TreeSet<>(namesIn(FILES.resolve(folder)));
    all.assertThat(seen.keySet())
        .describedAs("the files of %s", FILES.resolve(folder))
        .containsExactlyInAnyOrderElementsOf(names);
    names.retainAll(seen.keySet());
    for (String name : names) {
      Path golden = FILES.resolve(folder).resolve(name);
      Path found = SEEN.resolve(folder).resolve(name);
      String what = golden + "; if the change is meant: -Dgolden.write=true";
      if (!read(found).equals(read(golden))) {
        // It shows the lines that differ, and nothing where only line ends do.
        all.assertThat(found).describedAs(what).hasSameTextualContentAs(golden, UTF_8);
        boolean ends = read(found).lines().toList().equals(read(golden).lines().toList());
        all.assertThat(ends).describedAs("%s: only the line ends differ", what).isFalse();
      }
    }
    all.assertAll();
  }

  private static void write(Path folder, Map<String, String> texts) {
    try {
      Files.createDirectories(folder);
      for (String old : namesIn(folder)) {
        Files.delete(folder.resolve(old));
      }
      for (Map.Entry<String, String> text : texts.entrySet()) {
        Files.writeString(folder.resolve(text.getKey()), text.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> namesIn(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Set.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
