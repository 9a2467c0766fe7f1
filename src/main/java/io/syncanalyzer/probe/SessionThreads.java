package io.syncanalyzer.probe;

import java.util.ArrayList;
import java.util.List;

/** The threads of a session beside its lanes'. For the thread that opens and finishes it. */
final class SessionThreads {
  private final List<Thread> observing = new ArrayList<>();
  private final List<Thread> watching = new ArrayList<>();

  /** Starts an observer. */
  void observe(Runnable work, String name) {
    observing.add(started(work, name));
  }

  /** Starts what else watches. */
  void watch(Runnable work, String name) {
    watching.add(started(work, name));
  }

  private static Thread started(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /**
   * Ends those that were asked to stop, the observers first; an interrupt of who waits for that
   * keeps nobody from ending, and stays set.
   */
  void end() {
    boolean interrupted = false;
    for (Thread thread : observing) {
      interrupted |= end(thread);
    }
    for (Thread thread : watching) {
      interrupted |= end(thread);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean end(Thread thread) {
    boolean interrupted = false;
    thread.interrupt(); // Ends a rest at once; nothing in it waits for anything else.
    while (thread.isAlive()) {
      try {
        thread.join(100);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    return interrupted;
  }
}
