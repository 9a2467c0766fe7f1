package io.syncanalyzer.verify.resume;

/** What is found where a checkpoint may be. */
public sealed interface StoredCheckpoint {
  /** There is no checkpoint. */
  record None() implements StoredCheckpoint {}

  /**
   * One that can be read.
   *
   * @param checkpoint how far it had come
   */
  record Whole(Checkpoint checkpoint) implements StoredCheckpoint {}

  /**
   * One that cannot be gone on from, whatever is asked for.
   *
   * @param why what it is, and what to do, to follow {@code the checkpoint in FOLDER}
   */
  record Unusable(String why) implements StoredCheckpoint {}
}
