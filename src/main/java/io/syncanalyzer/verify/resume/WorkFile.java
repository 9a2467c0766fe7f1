package io.syncanalyzer.verify.resume;

import io.syncanalyzer.verify.server.VerifyFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Files in which a verification writes down how far it has come. Every method throws a {@link
 * VerifyFailure} of kind {@code DISK} where the disk does not let it. For any thread.
 */
public final class WorkFile {
  private WorkFile() {}

  /** Puts a text in the place of what a file holds, in one step. */
  public static void replace(Path file, String text) {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try {
      Files.writeString(next, text, StandardCharsets.UTF_8);
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw failure("write", file, e);
    }
  }

  /** Removes a file, if it is there. */
  public static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw failure("delete", file, e);
    }
  }

  /**
   * That the disk does not let us.
   *
   * @param what it does not let us do with the file
   */
  public static VerifyFailure failure(String what, Path file, IOException e) {
    return new VerifyFailure(
        VerifyFailure.Kind.DISK, "cannot " + what + " " + file + ": " + e.getMessage(), e);
  }
}
