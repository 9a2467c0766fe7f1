package io.syncanalyzer.spark;

import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction;

/** Compares a partition, on an executor: of each task its head and its files. */
final class VerifyTask implements FlatMapFunction<Iterator<PartitionTask>, Chunk> {
  private static final long serialVersionUID = 1L;

  @Override
  public Iterator<Chunk> call(Iterator<PartitionTask> tasks) throws Exception {
    return ExecutorWork.here().compare(tasks.next());
  }
}
