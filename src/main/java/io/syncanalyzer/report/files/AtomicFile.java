package io.syncanalyzer.report.files;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Replaces a file of ours as a whole; one that the user names is {@link NamedFile}'s. */
public final class AtomicFile {
  private AtomicFile() {}

  /** Writes a file's content to the path given. */
  @FunctionalInterface
  public interface Content {
    void writeTo(Path part) throws IOException;
  }

  /**
   * Writes beside the file and moves it into its place. Where a link is in that place, what it
   * leads to is replaced.
   *
   * @throws ReportFailure if the disk does not take it; the file is then as it was
   */
  public static void replace(Path named, Content content) {
    Path file = followed(named);
    Path part = file.resolveSibling("." + file.getFileName() + ".part");
    try {
      content.writeTo(part);
      try {
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw refused(file, part, e);
    } catch (RuntimeException e) {
      // The page's template engine wraps what the disk says.
      if (e.getCause() instanceof IOException disk) {
        throw refused(file, part, disk);
      }
      discard(part, e);
      throw e;
    }
  }

  private static Path followed(Path named) {
    FileKind kind = FileKind.of(named);
    if (kind != FileKind.ABSENT && kind != FileKind.REGULAR) {
      throw new ReportFailure(
          "cannot write " + named + ", for a " + kind.words() + " is in the way", null);
    }
    try {
      return Files.isSymbolicLink(named) && kind == FileKind.REGULAR ? named.toRealPath() : named;
    } catch (IOException e) {
      throw new ReportFailure("cannot follow the link " + named, e);
    }
  }

  private static ReportFailure refused(Path file, Path part, IOException e) {
    discard(part, e);
    return new ReportFailure(
        "cannot write " + file + " (" + reason(e) + "); free space or choose another --results", e);
  }

  /** Why the disk refused, in few words. */
  static String reason(IOException e) {
    if (e instanceof FileSystemException file && file.getReason() != null) {
      return file.getReason();
    }
    return switch (e.getClass().getSimpleName()) {
      case "AccessDeniedException" -> "permission denied";
      case "NoSuchFileException" -> "no such file or folder";
      case "NotDirectoryException", "FileAlreadyExistsException" -> "a file is in the way";
      default -> String.valueOf(e.getMessage());
    };
  }

  private static void discard(Path part, Exception because) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      because.addSuppressed(e);
    }
  }
}
