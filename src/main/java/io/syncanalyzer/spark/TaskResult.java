package io.syncanalyzer.spark;

import io.syncanalyzer.json.JsonFormat;
import io.syncanalyzer.verify.resume.WorkFile;
import io.syncanalyzer.verify.server.VerifyFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import org.apache.spark.api.java.JavaRDD;

/**
 * What a task came to, taken by the driver piece by piece: its mismatches go to a file of the
 * verification's folder. Where the executor is lost in between, Spark has the task done again; the
 * pieces of two attempts are never put together. For one thread.
 */
final class TaskResult {
  /** So many chunks at once. */
  private static final int AT_ONCE = 8;

  /** So many attempts of a task, each lost while it was taken. */
  private static final int MOST_ATTEMPTS = 4;

  private final JavaRDD<Chunk> chunks;
  private final Path folder;
  private final JsonFormat format;
  private final TaskWait wait;

  TaskResult(JavaRDD<Chunk> chunks, Path folder, JsonFormat format, TaskWait wait) {
    this.chunks = Objects.requireNonNull(chunks, "chunks is null");
    this.folder = Objects.requireNonNull(folder, "folder is null");
    this.format = Objects.requireNonNull(format, "format is null");
    this.wait = Objects.requireNonNull(wait, "wait is null");
  }

  /**
   * Waits until the task has ended, and takes it.
   *
   * @throws VerifyFailure of kind {@code EXECUTOR} if Spark gave it up, {@code DISK} if the
   *     mismatches cannot be written, {@code INTERRUPTED}, the interrupt flag set
   */
  TaskHead take() {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      List<Chunk> first = wait.forAll(chunks.takeAsync(2));
      TaskHead head = TaskHead.of(first.get(0), format);
      if (takeRest(head, first)) {
        keep(head);
        return head;
      }
    }
    throw new VerifyFailure(
        VerifyFailure.Kind.EXECUTOR,
        "executors were lost, again and again, before their results were taken",
        null);
  }

  /** Whether all of it is of that attempt. */
  private boolean takeRest(TaskHead head, List<Chunk> first) {
    int taken = 0;
    List<Chunk> pieces = first.subList(1, first.size());
    while (taken < head.mismatchChunks()) {
      for (Chunk piece :
          pieces.subList(0, Math.min(pieces.size(), head.mismatchChunks() - taken))) {
        if (!piece.attempt().equals(head.attempt())) {
          return false;
        }
        write(piece, taken == 0);
        taken++;
      }
      if (taken < head.mismatchChunks()) {
        pieces =
            wait.forAll(
                chunks
                    .mapPartitions(new SkipTask(1 + taken))
                    .takeAsync(Math.min(AT_ONCE, head.mismatchChunks() - taken)));
        if (pieces.isEmpty()) {
          return false;
        }
      }
    }
    return true;
  }

  /** Takes the place of what an earlier look left only now that it is whole. */
  private void keep(TaskHead head) {
    if (head.mismatchChunks() > 0 && head.outcome() instanceof TaskOutcome.Compared compared) {
      Path file = compared.summary().mismatches().file();
      try {
        Files.move(
            unfinished(Objects.requireNonNull(file.getFileName()).toString()),
            file,
            StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        throw WorkFile.failure("write", file, e);
      }
    }
  }

  private Path unfinished(String file) {
    return folder.resolve("." + file + ".part");
  }

  private void write(Chunk piece, boolean first) {
    Path file = unfinished(piece.file());
    try (OutputStream out =
        Files.newOutputStream(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            first ? StandardOpenOption.TRUNCATE_EXISTING : StandardOpenOption.APPEND)) {
      out.write(piece.bytes());
    } catch (IOException e) {
      throw WorkFile.failure("write", file, e);
    }
  }
}
