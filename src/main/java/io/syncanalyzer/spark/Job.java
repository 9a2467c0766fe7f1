package io.syncanalyzer.spark;

import io.syncanalyzer.spark.mirror.RemoteFolder;
import io.syncanalyzer.verify.partition.PartitionWork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** What a command that runs as a job has beside a process of its own. */
public interface Job {
  /**
   * Who compares partitions; from now on the job holds what carries it out.
   *
   * @param secrets a file with secrets that each executor reads; empty = they have theirs in their
   *     environment
   * @throws io.syncanalyzer.verify.server.VerifyFailure if nobody does
   */
  PartitionWork work(Optional<Path> secrets);

  /**
   * A folder of one of the file systems that the job knows.
   *
   * @param location such as {@code hdfs://host/folder}
   * @throws IOException with one line if there is no such file system
   */
  RemoteFolder folder(String location) throws IOException;
}
