package io.syncanalyzer.run.drain;

import io.syncanalyzer.redis.topology.ShardPair;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Does something for every pair of shards at once, each on a thread of its own. */
public final class EachPair {
  private EachPair() {}

  /**
   * What came of each, in order. A single pair is done on this thread. An interrupt of this thread
   * interrupts each, and is left set; what they then return counts.
   *
   * @throws RuntimeException the first that one of them threw, when all have ended
   */
  public static <T> List<T> run(List<ShardPair> pairs, Function<ShardPair, T> work) {
    if (pairs.size() == 1) {
      return List.of(work.apply(pairs.get(0)));
    }
    ExecutorService threads =
        Executors.newFixedThreadPool(
            // One each: they wait for servers, and what waited in a queue would miss an interrupt.
            Math.max(1, pairs.size()),
            task -> {
              Thread thread = new Thread(task, "each-pair");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<T>> begun = new ArrayList<>();
      pairs.forEach(pair -> begun.add(threads.submit(() -> work.apply(pair))));
      return results(begun, threads);
    } finally {
      threads.shutdownNow();
    }
  }

  private static <T> List<T> results(List<Future<T>> begun, ExecutorService threads) {
    List<T> results = new ArrayList<>();
    RuntimeException failure = null;
    boolean interrupted = false;
    for (int i = 0; i < begun.size(); ) {
      try {
        results.add(begun.get(i).get());
        i++;
      } catch (InterruptedException e) {
        interrupted = true;
        threads.shutdownNow();
      } catch (ExecutionException e) {
        RuntimeException thrown =
            e.getCause() instanceof RuntimeException cause
                ? cause
                : new IllegalStateException(e.getCause());
        failure = failure == null ? thrown : failure;
        i++;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure != null) {
      throw failure;
    }
    return results;
  }
}
