package io.syncanalyzer.spark.mirror;

import java.util.Objects;

/**
 * A file of a {@link RemoteFolder}.
 *
 * @param path relative to that folder, with {@code /} between its parts
 * @param length in bytes
 * @param modifiedMillis when it was last written, by the file system's own clock
 */
public record RemoteFile(String path, long length, long modifiedMillis) {
  public RemoteFile {
    Objects.requireNonNull(path, "path is null");
  }
}
