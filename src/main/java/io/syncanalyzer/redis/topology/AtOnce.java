package io.syncanalyzer.redis.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Asks many servers at once, so that those that cannot be reached take no more time than one. */
final class AtOnce {
  private static final int MOST = 16;

  private AtOnce() {}

  /**
   * What is answered for each, in order. An interrupt does not end it, and stays set.
   *
   * @param ask must not throw
   */
  static <T, R> List<R> each(List<T> all, Function<T, R> ask) {
    if (all.size() == 1) {
      return List.of(ask.apply(all.get(0)));
    }
    ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.max(1, Math.min(MOST, all.size())),
            task -> {
              Thread thread = new Thread(task, "topology");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<R>> asked = new ArrayList<>();
      for (T one : all) {
        asked.add(threads.submit(() -> ask.apply(one)));
      }
      List<R> answers = new ArrayList<>();
      for (Future<R> one : asked) {
        answers.add(got(one));
      }
      return answers;
    } finally {
      threads.shutdown();
    }
  }

  private static <R> R got(Future<R> asked) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return asked.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw e.getCause() instanceof RuntimeException known
              ? known
              : new IllegalStateException(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
