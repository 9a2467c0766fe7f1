package io.syncanalyzer.spark;

import java.io.Serializable;
import java.util.Objects;

/**
 * A piece of what a task came to: its head, or a piece of a file. Small enough that one and the
 * next few fit into any heap.
 */
final class Chunk implements Serializable {
  private static final long serialVersionUID = 1L;

  /** In the place of a file's name, of the head. */
  static final String HEAD = "";

  private final String attempt;
  private final String file;
  private final byte[] bytes;

  /**
   * @param attempt which attempt at the task this is of
   * @param file the name of the file in the verification's folder, or {@link #HEAD}
   * @param bytes belong to the chunk from now on
   */
  Chunk(String attempt, String file, byte[] bytes) {
    this.attempt = Objects.requireNonNull(attempt, "attempt is null");
    this.file = Objects.requireNonNull(file, "file is null");
    this.bytes = Objects.requireNonNull(bytes, "bytes is null");
  }

  String attempt() {
    return attempt;
  }

  String file() {
    return file;
  }

  /** Not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  boolean isHead() {
    return file.equals(HEAD);
  }
}
