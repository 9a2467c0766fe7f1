package io.syncanalyzer.spark;

import io.syncanalyzer.json.JsonFormat;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * What an executor tells first of a task that has ended; files follow it.
 *
 * @param attempt tells this attempt from every other: a task that is run again, as that of a lost
 *     executor is, has other findings
 * @param executor who did it, {@code id@host}
 * @param nanos how long it took
 * @param outcome what it came to
 * @param mismatchChunks how many pieces of the mismatches' file follow
 */
record TaskHead(
    String attempt, String executor, long nanos, TaskOutcome outcome, int mismatchChunks) {
  /** The chunk that begins what the task came to. */
  Chunk chunk(JsonFormat format) {
    return new Chunk(attempt, Chunk.HEAD, format.write(this).getBytes(StandardCharsets.UTF_8));
  }

  /** Reads what {@link #chunk} made. */
  static TaskHead of(Chunk chunk, JsonFormat format) {
    return Objects.requireNonNull(
        format.read(new String(chunk.bytes(), StandardCharsets.UTF_8), TaskHead.class));
  }
}
