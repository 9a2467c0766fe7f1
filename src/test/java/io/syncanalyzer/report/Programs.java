package io.syncanalyzer.report;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Programs of the machine that some tests need beside Redis. */
final class Programs {
  private Programs() {}

  /** The first of these that PATH has; says so where it has none. */
  static Optional<String> onPath(String... names) {
    String path = System.getenv().getOrDefault("PATH", "");
    for (String name : names) {
      for (String folder : path.split(File.pathSeparator, -1)) {
        Path program = Path.of(folder, name);
        if (Files.isExecutable(program)) {
          return Optional.of(program.toString());
        }
      }
    }
    System.out.println("not tested here: PATH has none of " + Arrays.toString(names));
    return Optional.empty();
  }
}
