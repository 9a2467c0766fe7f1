package io.syncanalyzer.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file system of a few megabytes that only the process started on it sees, and that goes with it;
 * what is on it is copied to a folder at the end.
 *
 * <p>It is a tmpfs in a mount namespace of its own: that takes Linux, and root or user namespaces.
 * Where neither is to be had, what needs it fails and says so.
 */
record SmallDisk(Path mountPoint, Path kept) {
  private static final String SIZE = "4m";
  private static final int BLOCK = 4096;

  /** Makes both folders. */
  static SmallDisk in(Path folder) throws IOException {
    return new SmallDisk(
        Files.createDirectory(folder.resolve("small")),
        Files.createDirectory(folder.resolve("results")));
  }

  /** The command that runs another on it. */
  List<String> launcher() {
    boolean root = "root".equals(System.getProperty("user.name"));
    return List.of(
        "unshare",
        root ? "--mount" : "-rm",
        "sh",
        "-c",
        "mount -t tmpfs -o size="
            + SIZE
            + " none \"$0\" || exit 99; kept=$1; shift; \"$@\"; rc=$?;"
            + " rm -f \"$0/filler\"; cp -r \"$0/.\" \"$kept\"; exit $rc",
        mountPoint.toString(),
        kept.toString());
  }

  /** Fills it to the last byte, as a process that is on it sees it. */
  void fill(ProcessHandle onIt) throws IOException {
    Path inside = Path.of("/proc/" + onIt.pid() + "/root" + mountPoint, "filler");
    assertThat(inside.getParent())
        .describedAs("a tmpfs in a mount namespace (needs root or user namespaces)")
        .isDirectory();
    byte[] block = new byte[BLOCK];
    long written = 0;
    try (OutputStream out = Files.newOutputStream(inside)) {
      while (true) {
        out.write(block);
        written += BLOCK;
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
    assertThat(written).isPositive();
  }
}
