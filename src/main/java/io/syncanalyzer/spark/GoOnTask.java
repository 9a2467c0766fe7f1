package io.syncanalyzer.spark;

import java.util.Iterator;
import java.util.Objects;
import org.apache.spark.api.java.function.FlatMapFunction;

/**
 * Goes on, on an executor, from what an earlier task came to: keys that came since are looked for.
 * Where the earlier one is lost with its executor, Spark has it done again first.
 */
final class GoOnTask implements FlatMapFunction<Iterator<Chunk>, Chunk> {
  private static final long serialVersionUID = 1L;

  private final PartitionTask task;

  GoOnTask(PartitionTask task) {
    this.task = Objects.requireNonNull(task, "task is null");
  }

  @Override
  public Iterator<Chunk> call(Iterator<Chunk> earlier) throws Exception {
    return ExecutorWork.here().goOn(task, earlier);
  }
}
