package io.syncanalyzer.run.record;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Reads and writes the files of a run whether or not its thread is interrupted, before or
 * meanwhile: an interrupt closes the file that the interrupted thread has at hand, and what a run
 * keeps must be kept whole.
 */
public final class Uninterrupted {
  private Uninterrupted() {}

  /**
   * Does the work to its end, on a thread that nobody interrupts; what it throws is thrown here. An
   * interrupt that comes meanwhile, or came before, is kept for whoever asks next.
   */
  public static <T> T get(Supplier<T> work) {
    FutureTask<T> task = new FutureTask<>(work::get);
    new Thread(task, "files").start();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** As {@link #get}, of work that has no result. */
  public static void run(Runnable work) {
    get(
        () -> {
          work.run();
          return true;
        });
  }
}
