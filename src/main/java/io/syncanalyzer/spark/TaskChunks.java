package io.syncanalyzer.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;

/** A head and the files that follow it, whole and in order, read when they are asked for. */
final class TaskChunks implements Iterator<Chunk> {
  /** Of a chunk, at most. */
  static final int BYTES = 1 << 20;

  private final Chunk head;
  private final List<Path> files;
  private boolean begun;
  private int file;
  private long taken;

  /**
   * @param files that do not change until the last chunk is read; an empty one has none
   */
  TaskChunks(Chunk head, List<Path> files) {
    this.head = Objects.requireNonNull(head, "head is null");
    this.files = List.copyOf(files);
  }

  /** How many chunks a file has. */
  static int count(Path file) throws IOException {
    return Math.toIntExact((Files.size(file) + BYTES - 1) / BYTES);
  }

  @Override
  public boolean hasNext() {
    try {
      while (begun && file < files.size() && taken >= Files.size(files.get(file))) {
        file++;
        taken = 0;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return !begun || file < files.size();
  }

  @Override
  public Chunk next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    if (!begun) {
      begun = true;
      return head;
    }
    Path path = files.get(file);
    try (InputStream in = Files.newInputStream(path)) {
      in.skipNBytes(taken);
      byte[] bytes = in.readNBytes(BYTES);
      taken += bytes.length;
      return new Chunk(
          head.attempt(), Objects.requireNonNull(path.getFileName()).toString(), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
