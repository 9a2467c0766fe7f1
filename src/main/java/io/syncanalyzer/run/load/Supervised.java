package io.syncanalyzer.run.load;

import io.syncanalyzer.load.memtier.LoadFailure;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A load's work on a thread of its own, which ends in order when it is interrupted.
 *
 * @param <R> what comes of it
 */
final class Supervised<R> implements AutoCloseable {
  private final FutureTask<R> work;
  private final Thread supervisor;

  /** Not started yet. */
  Supervised(String name, Callable<R> task) {
    this(name, task, () -> {});
  }

  /**
   * Not started yet.
   *
   * @param over told that it is, when {@link #isOver} says so
   */
  Supervised(String name, Callable<R> task, Runnable over) {
    this.work =
        new FutureTask<>(task) {
          @Override
          protected void done() {
            over.run();
          }
        };
    this.supervisor = new Thread(work, name);
  }

  void start() {
    supervisor.start();
  }

  boolean isOver() {
    return work.isDone();
  }

  /** Asks it to end, its results kept. */
  void stop() {
    supervisor.interrupt();
  }

  /**
   * Waits for its end. An interrupt of this thread has it end early, and stays set.
   *
   * @throws RuntimeException what the work itself failed with
   */
  R await() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return work.get();
        } catch (InterruptedException e) {
          interrupted = true;
          stop();
        } catch (ExecutionException e) {
          if (e.getCause() instanceof RuntimeException known) {
            throw known;
          }
          throw new LoadFailure("the load ended with " + e.getCause(), e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Ends it and waits for that. */
  @Override
  public void close() {
    stop();
    boolean interrupted = false;
    while (supervisor.isAlive()) {
      try {
        supervisor.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
