package io.syncanalyzer.time;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Asks several servers at once, each on a thread of its own: those that are far away, or cannot be
 * reached, take no more time than one. Of what they waited for the network the caller has waited
 * the longest ({@link NetworkWait}).
 */
public final class AtOnce {
  private static final int MOST = 16;

  private AtOnce() {}

  /**
   * What is answered for each, in order. An interrupt does not end it, and stays set.
   *
   * @param ask what it throws is thrown once the others that were asked before have answered
   */
  public static <T, R> List<R> each(List<T> all, Function<T, R> ask) {
    if (all.size() == 1) {
      return List.of(ask.apply(all.get(0)));
    }
    ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.max(1, Math.min(MOST, all.size())),
            task -> {
              Thread thread = new Thread(task, "at-once");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<Answer<R>>> asked = new ArrayList<>();
      for (T one : all) {
        asked.add(threads.submit(() -> Answer.of(() -> ask.apply(one))));
      }
      List<R> answers = new ArrayList<>();
      long waited = 0;
      for (Future<Answer<R>> one : asked) {
        Answer<R> answer = got(one);
        waited = Math.max(waited, answer.waitedNanos());
        answers.add(answer.value());
      }
      NetworkWait.add(waited);
      return answers;
    } finally {
      threads.shutdown();
    }
  }

  /**
   * Asks two, the first on the calling thread, and puts together what they answer. Where both fail,
   * the first one's failure is thrown.
   */
  public static <A, B, R> R both(
      Supplier<A> first, Supplier<B> second, BiFunction<A, B, R> together) {
    FutureTask<Answer<B>> asked = new FutureTask<>(() -> Answer.of(second));
    Thread thread = new Thread(asked, "at-once");
    thread.setDaemon(true);
    thread.start();
    Answer<A> mine;
    try {
      mine = Answer.of(first);
    } catch (RuntimeException | Error e) {
      ended(asked); // Who asked may close what the other uses.
      throw e;
    }
    Answer<B> other = got(asked);
    NetworkWait.add(Math.max(0, other.waitedNanos() - mine.waitedNanos()));
    return together.apply(mine.value(), other.value());
  }

  /** What was answered, and how long that was waited for the network. */
  private record Answer<T>(T value, long waitedNanos) {
    static <T> Answer<T> of(Supplier<T> ask) {
      long before = NetworkWait.ofThisThread();
      T value = ask.get();
      return new Answer<>(value, NetworkWait.ofThisThread() - before);
    }
  }

  private static void ended(Future<?> asked) {
    try {
      got(asked);
    } catch (RuntimeException alsoFailed) {
      // The first failure is told.
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
          if (e.getCause() instanceof Error error) {
            throw error;
          }
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
