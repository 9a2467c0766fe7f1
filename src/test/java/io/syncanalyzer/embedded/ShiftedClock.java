package io.syncanalyzer.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;

/**
 * Lets a real server run on a clock of its own, by a library of ours that is preloaded into it and
 * is compiled here: other tools for that stop a Redis server from starting.
 */
public final class ShiftedClock {
  private static final String CODE = "/clock/shifted_clock.c";
  private static final String WHAT_TO_DO = "apt-get install gcc libc6-dev";

  private final Path folder;
  private final Path library;

  private ShiftedClock(Path folder, Path library) {
    this.folder = folder;
    this.library = library;
  }

  /** Compiles it into {@code folder}; a machine without a compiler fails. */
  public static ShiftedClock compiled(Path folder) throws IOException, InterruptedException {
    Path code = folder.resolve("shifted_clock.c");
    try (InputStream in =
        Objects.requireNonNull(ShiftedClock.class.getResourceAsStream(CODE), CODE)) {
      Files.copy(in, code);
    }
    Path library = folder.resolve("shifted_clock.so");
    Process compiler;
    try {
      compiler =
          new ProcessBuilder(
                  "cc", "-shared", "-fPIC", "-O1", "-o", library.toString(), code.toString())
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      throw new AssertionError("no C compiler `cc` on PATH: " + WHAT_TO_DO, e);
    }
    String said;
    try (InputStream out = compiler.getInputStream()) {
      said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
    }
    assertThat(compiler.waitFor()).describedAs("cc, else %s: %s", WHAT_TO_DO, said).isZero();
    return new ShiftedClock(folder, library);
  }

  /**
   * The same server, its clock ahead by that much, or behind where that is negative.
   *
   * <p>The script is written by another process: of a file that this JVM has open to write, what it
   * starts at the same moment on another thread is a holder too, and the system does not run it
   * until that one has let go ("Text file busy").
   */
  public ServerBinary ahead(ServerBinary binary, Duration shift)
      throws IOException, InterruptedException {
    Path script = folder.resolve("shifted-" + UUID.randomUUID() + ".sh");
    String text =
        String.format(
            "#!/bin/sh\nSHIFTED_CLOCK_MICROS=%d LD_PRELOAD='%s' exec '%s' \"$@\"\n",
            shift.toNanos() / 1000, library, binary.path());
    Process writer =
        new ProcessBuilder(
                "sh", "-c", "printf %s \"$1\" > \"$0\" && chmod +x \"$0\"", script.toString(), text)
            .start();
    assertThat(writer.waitFor()).isZero();
    return new ServerBinary(script, binary.version(), binary.origin());
  }
}
