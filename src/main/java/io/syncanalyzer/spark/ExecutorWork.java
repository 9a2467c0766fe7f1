package io.syncanalyzer.spark;

import io.syncanalyzer.json.JsonFormat;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.VerifyPhase;
import io.syncanalyzer.verify.VerifySummary;
import io.syncanalyzer.verify.attempt.VerifyRequest;
import io.syncanalyzer.verify.server.VerifyFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What an executor does with a task: it compares the partition in a folder of its own, and hands
 * over what was found as chunks, the files read as they are taken. For one thread.
 */
final class ExecutorWork {
  private final ExecutorPlace place;
  private final NanoClock clock;

  ExecutorWork(ExecutorPlace place, NanoClock clock) {
    this.place = Objects.requireNonNull(place, "place is null");
    this.clock = Objects.requireNonNull(clock, "clock is null");
  }

  /** On the executor of the running task. */
  static ExecutorWork here() {
    return new ExecutorWork(ExecutorPlace.ofRunningTask(), NanoClock.SYSTEM);
  }

  /** Compares all of it. */
  Iterator<Chunk> compare(PartitionTask task) throws IOException {
    return compare(task, place.folder());
  }

  /** Goes on from what an earlier task came to; a failed one stays what it was. */
  Iterator<Chunk> goOn(PartitionTask task, Iterator<Chunk> earlier) throws IOException {
    Path folder = place.folder();
    Chunk head = earlier.next();
    if (!(TaskHead.of(head, TaskFormat.in(folder)).outcome() instanceof TaskOutcome.Compared)) {
      return List.of(head).iterator();
    }
    while (earlier.hasNext()) {
      Chunk piece = earlier.next();
      try (OutputStream out =
          Files.newOutputStream(
              folder.resolve(piece.file()), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        out.write(piece.bytes());
      }
    }
    return compare(task, folder);
  }

  private Iterator<Chunk> compare(PartitionTask task, Path folder) throws IOException {
    long start = clock.nanoTime();
    String attempt = UUID.randomUUID().toString();
    JsonFormat format = TaskFormat.in(folder);
    TaskOutcome outcome = outcome(task, folder, format);
    List<Path> files = new ArrayList<>();
    int mismatchChunks = 0;
    if (outcome instanceof TaskOutcome.Compared compared) {
      Path mismatches = compared.summary().mismatches().file();
      if (!compared.summary().mismatches().isEmpty()) {
        files.add(mismatches);
        mismatchChunks = TaskChunks.count(mismatches);
      }
      // What is kept to go on from lies behind what the driver takes.
      files.addAll(others(folder, mismatches));
    }
    TaskHead head =
        new TaskHead(attempt, place.executor(), clock.nanoTime() - start, outcome, mismatchChunks);
    return new TaskChunks(head.chunk(format), files);
  }

  private static List<Path> others(Path folder, Path but) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(one -> !one.equals(but) && Files.isRegularFile(one)).sorted().toList();
    }
  }

  private TaskOutcome outcome(PartitionTask task, Path folder, JsonFormat format) {
    try {
      VerifyRequest asked = format.read(task.request(), VerifyRequest.class);
      if (asked == null) {
        throw new VerifyFailure(VerifyFailure.Kind.EXECUTOR, "it was asked for nothing", null);
      }
      Login login = new Login(place.credentials(task.secrets()));
      VerifySummary summary =
          new VerifyPhase(progress -> {}, clock)
              .run(asked.elsewhere(login.of(asked.source()), login.of(asked.replica()), folder));
      return new TaskOutcome.Compared(summary);
    } catch (RuntimeException | OutOfMemoryError e) {
      return TaskOutcome.of(e);
    }
  }
}
