package io.syncanalyzer.spark.mirror;

import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * What tells that a local file is another than it was: a file that took its place has another
 * identity, though it be as long and as old.
 *
 * @param length in bytes
 * @param modified when it was last written
 * @param identity of the file itself, where the disk has such
 */
record Stamp(long length, FileTime modified, String identity) {
  /** Of a copy whose content is not known: it differs from every file's. */
  static final Stamp UNKNOWN = new Stamp(-1, FileTime.fromMillis(0), "");

  static Stamp of(BasicFileAttributes file) {
    return new Stamp(file.size(), file.lastModifiedTime(), String.valueOf(file.fileKey()));
  }
}
