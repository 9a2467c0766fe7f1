package io.syncanalyzer.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A real, small disk for the results of one process: a tmpfs that only this process and its
 * children see, in a mount namespace of their own, so that it is gone with them. Where the machine
 * lets nobody mount, the process ends at once with {@link #NOT_MOUNTED} and says why.
 *
 * @param results the folder it is mounted on
 */
record SmallDisk(Path results) {
  private static final int NOT_MOUNTED = 99;
  private static final String SCRIPT =
      """
      mount -t tmpfs -o size=16m tmpfs "$0" || exit %d
      "$@"
      status=$?
      cp -r "$0" "$0.kept"
      exit $status
      """
          .formatted(NOT_MOUNTED);

  static SmallDisk on(Path results) throws IOException {
    return new SmallDisk(Files.createDirectories(results));
  }

  /** The words that run the words after them with this disk. */
  List<String> before() {
    return List.of("unshare", "-rm", "sh", "-c", SCRIPT, results.toString());
  }

  /** Writes to it until it takes no more. */
  void fill(ProcessHandle wrapper) {
    long seen = wrapper.children().findFirst().orElseThrow().pid();
    Path filler = Path.of("/proc/" + seen + "/root" + results + "/filler");
    long written = 0;
    try (OutputStream out = Files.newOutputStream(filler)) {
      while (true) {
        out.write(new byte[4096]);
        written += 4096;
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left on device");
    }
    assertThat(written).isPositive();
  }

  /** What was on it when the process ended. */
  Path kept() {
    Path kept = results.resolveSibling(results.getFileName() + ".kept");
    assertThat(kept)
        .describedAs(
            "this machine must allow `unshare -rm` to mount a tmpfs (exit %d)", NOT_MOUNTED)
        .isDirectory();
    return kept;
  }
}
