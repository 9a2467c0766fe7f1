package io.syncanalyzer.spark;

import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction;

/** Leaves out the first chunks of a task, which the driver has. */
final class SkipTask implements FlatMapFunction<Iterator<Chunk>, Chunk> {
  private static final long serialVersionUID = 1L;

  private final int leftOut;

  SkipTask(int leftOut) {
    this.leftOut = leftOut;
  }

  @Override
  public Iterator<Chunk> call(Iterator<Chunk> all) {
    for (int i = 0; i < leftOut && all.hasNext(); i++) {
      all.next();
    }
    return all;
  }
}
