package io.syncanalyzer.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * {@code bin/analyzer} as a release has it, unpacked.
 *
 * @param home where it was unpacked
 */
record Launcher(Path home) {
  private static final List<String> FILES = List.of("bin/analyzer", "lib/class-archive");

  /** What a start came to. */
  record Said(int status, String out, String err) {}

  /** Unpacks it with a copy of that jar. */
  static Launcher unpack(Path home, Path jar) throws IOException {
    for (String file : FILES) {
      Path to = home.resolve(file);
      Files.createDirectories(to.getParent());
      Files.copy(Path.of("src/dist", file), to);
    }
    assertThat(home.resolve("bin/analyzer").toFile().setExecutable(true)).isTrue();
    Files.copy(jar, home.resolve("lib/analyzer.jar"));
    return new Launcher(home);
  }

  Path bin() {
    return home.resolve("bin/analyzer");
  }

  Path jar() {
    return home.resolve("lib/analyzer.jar");
  }

  /** Starts it to its end, by that name, with no more of an environment than this. */
  static Said start(Path folder, Path program, Map<String, String> environment, String... words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(words));
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", System.getenv("PATH"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(3, TimeUnit.MINUTES)).as(command.toString()).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Said(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
