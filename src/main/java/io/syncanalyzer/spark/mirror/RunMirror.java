package io.syncanalyzer.spark.mirror;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the results of a run, which are written to a local folder, in a folder that is not on this
 * machine: every few seconds while the run goes on, and as a whole at its end.
 *
 * <pre>{@code
 * try (RunMirror mirror = new RunMirror(remote, results, name, every, console::warn)) {
 *   mirror.begin(); // or pull(), for a run that is gone on with
 *   …
 * } // the last of it is copied here, or it says that it could not be
 * }</pre>
 *
 * <p>The local folder of all runs is the mirror's own: {@code runs.csv} in there is the one of the
 * remote folder. What cannot be copied is told once and tried again. Failures are an {@link
 * UncheckedIOException} with one line for the user. One thread, a daemon, talks with the file
 * system; for use by one other.
 */
public final class RunMirror implements AutoCloseable {
  /** How often the last copy is made where files change meanwhile, which they hardly do then. */
  private static final int LAST_TRIES = 20;

  private final RemoteFolder remote;
  private final Path folder;
  private final String run;
  private final Duration every;
  private final Consumer<String> warn;
  private final RunCopy copy;
  private final RunsRows rows;
  private final ScheduledExecutorService thread;
  private @Nullable Future<?> keeps;
  private boolean isNew;
  private boolean failing;
  private boolean closed;

  /**
   * @param remote the folder of all runs, to be closed by this
   * @param results the local one
   * @param run the run's name, here and there
   * @param every how long after a copy the next one is made
   * @param warn told when copying fails, from the mirror's thread
   */
  public RunMirror(
      RemoteFolder remote, Path results, String run, Duration every, Consumer<String> warn) {
    this.remote = Objects.requireNonNull(remote, "remote is null");
    this.run = Objects.requireNonNull(run, "run is null");
    this.every = Objects.requireNonNull(every, "every is null");
    this.warn = Objects.requireNonNull(warn, "warn is null");
    if (every.isZero() || every.isNegative()) {
      throw new IllegalArgumentException("copied every " + every + " is not above 0");
    }
    this.folder = results.resolve(run);
    this.copy = new RunCopy(remote, results, run);
    this.rows = new RunsRows(remote, results);
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread daemon = new Thread(work, "results");
              daemon.setDaemon(true);
              return daemon;
            });
  }

  /**
   * A new run has made its local folder: copies it, and from now on what changes in it.
   *
   * @throws IllegalArgumentException if there is a run of that name; it is left as it is
   * @throws UncheckedIOException if nothing can be written there
   */
  public void begin() {
    boolean taken =
        first(
            () -> {
              if (copy.isThere()) {
                return true;
              }
              rows.pull();
              copy.begin();
              return false;
            },
            "cannot write into the results folder");
    if (taken) {
      throw new IllegalArgumentException(
          "there is a run " + there() + " already; give another --run-id, or none");
    }
    isNew = true;
    keep();
  }

  /**
   * Brings a run that is to be gone on with to the local folder, and copies from now on what
   * changes in it.
   *
   * @throws IllegalArgumentException if there is no such run
   * @throws UncheckedIOException if it cannot be read
   */
  public void pull() {
    boolean found =
        first(
            () -> {
              rows.pull();
              return copy.pull();
            },
            "cannot read the results folder");
    if (!found) {
      throw new IllegalArgumentException(
          "no run.json in " + there() + "; name a run of " + remote.display() + " or --results");
    }
    keep();
  }

  private void keep() {
    keeps =
        thread.scheduleWithFixedDelay(
            this::again, every.toMillis(), Math.max(1, every.toMillis()), TimeUnit.MILLISECONDS);
  }

  private void again() {
    try {
      copy.push(false);
      failing = false;
    } catch (IOException | RuntimeException e) {
      if (!failing) {
        failing = true;
        warn.accept(
            "the results could not be copied to "
                + there()
                + " ("
                + HadoopCalls.oneLine(e)
                + "); that is tried again until it can be done");
      }
    }
  }

  /**
   * The run is over: copies the last of it, whether or not the thread is interrupted, and removes
   * what is not in the local folder any more. A new run whose local folder is gone was taken back,
   * and is removed. Where neither {@link #begin} nor {@link #pull} came to its end nothing is
   * copied.
   *
   * @throws UncheckedIOException if that cannot be done; the local folder is whole
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (keeps != null) {
      keeps.cancel(false); // One that is under way comes to its end before the last.
    }
    boolean interrupted = false;
    try {
      Future<Void> last = thread.submit(this::last);
      while (true) {
        try {
          last.get();
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw failure("cannot copy the results to", e.getCause(), "; they are in " + folder);
    } finally {
      thread.shutdownNow();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Void last() throws IOException {
    try (remote) {
      if (keeps == null) {
        return null;
      }
      if (!Files.isDirectory(folder)) {
        if (isNew) {
          copy.discard();
        }
        return null;
      }
      for (int i = 0; !copy.push(true); i++) {
        if (i == LAST_TRIES) {
          throw new IOException("they are still written to");
        }
      }
      rows.push().ifPresent(warn);
      return null;
    }
  }

  /** Done on the mirror's thread; who waits for it may be interrupted. */
  private boolean first(Callable<Boolean> work, String what) {
    Future<Boolean> done = thread.submit(work);
    try {
      return done.get();
    } catch (InterruptedException e) {
      done.cancel(true);
      Thread.currentThread().interrupt();
      throw failure(what, new IOException("interrupted", e), "");
    } catch (ExecutionException e) {
      throw failure(what, e.getCause(), "; choose another with --results");
    }
  }

  private UncheckedIOException failure(String what, @Nullable Throwable cause, String advice) {
    Throwable e = cause == null ? new IOException("nobody knows why") : cause;
    String line = what + " " + remote.display() + " (" + HadoopCalls.oneLine(e) + ")" + advice;
    return new UncheckedIOException(line, e instanceof IOException io ? io : new IOException(e));
  }

  private String there() {
    String begin = remote.display();
    return (begin.endsWith("/") ? begin : begin + "/") + run;
  }
}
