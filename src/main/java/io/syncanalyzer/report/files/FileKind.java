package io.syncanalyzer.report.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** What a path leads to, links followed. */
public enum FileKind {
  /** Nothing is there, or nothing that can be looked at. */
  ABSENT,
  REGULAR,
  FOLDER,
  /** A pipe, such as a shell's {@code >(…)}, with or without a name. */
  PIPE,
  SOCKET,
  /** A device of the kernel: a disk, a terminal, {@code /dev/null}. */
  DEVICE;

  /** The bits of a Unix mode that tell the kind. */
  private static final int MASK = 0170000;

  private static final Map<Integer, FileKind> BY_MODE =
      Map.of(
          0100000, REGULAR,
          0040000, FOLDER,
          0010000, PIPE,
          0140000, SOCKET,
          0020000, DEVICE,
          0060000, DEVICE);

  /** Such as {@code a pipe} without its article. */
  public String words() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What there is at that path now. */
  public static FileKind of(Path path) {
    try {
      int mode = (Integer) Files.getAttribute(path, "unix:mode");
      return BY_MODE.getOrDefault(mode & MASK, DEVICE);
    } catch (IOException e) {
      return ABSENT;
    } catch (UnsupportedOperationException | IllegalArgumentException notUnix) {
      return Files.isDirectory(path) ? FOLDER : Files.exists(path) ? REGULAR : ABSENT;
    }
  }
}
