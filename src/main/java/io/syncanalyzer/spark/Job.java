package io.syncanalyzer.spark;

import io.syncanalyzer.verify.partition.PartitionWork;
import java.nio.file.Path;
import java.util.Optional;

/** What a command that runs as a job has beside a process of its own; it opens it when needed. */
public interface Job {
  /**
   * Who compares partitions.
   *
   * @param secrets a file with secrets that each executor reads; empty = they have theirs in their
   *     environment
   */
  PartitionWork work(Optional<Path> secrets);
}
