package io.syncanalyzer.load.process;

import io.syncanalyzer.load.memtier.LoadFailure;
import io.syncanalyzer.load.memtier.OneLine;
import io.syncanalyzer.load.output.StderrReading;
import io.syncanalyzer.redis.Secret;
import io.syncanalyzer.time.NanoClock;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A running memtier_benchmark. Ends with {@link #close} at the latest, and with the JVM if that
 * ends in good order, as {@link #stop} has it: no process outlives us, and on Ctrl-C results are
 * kept.
 *
 * <p>Used by one thread, {@link #stop} apart.
 */
public final class MemtierProcess implements AutoCloseable {
  private final Process process;
  private final StderrReading reading = new StderrReading();
  private final StderrPump pump;
  private final Optional<Thread> jsonPump;
  private final List<String> removal;
  private final NanoClock clock;
  private final Duration grace;
  private final Thread hook;
  private final long startedNanos;
  private boolean closed;

  private MemtierProcess(
      Process process,
      Sinks sinks,
      Masking masking,
      List<String> removal,
      NanoClock clock,
      Duration grace) {
    this.process = process;
    this.grace = grace;
    this.removal = removal;
    this.clock = clock;
    this.startedNanos = clock.nanoTime();
    this.pump =
        new StderrPump(
            process.getErrorStream(), Optional.of(sinks.stderr()), masking::line, reading);
    pump.start();
    this.jsonPump = sinks.jsonFromStdout().map(file -> jsonPump(process, file, masking));
    this.hook =
        new Thread(
            () -> {
              stop();
              drain();
            },
            "memtier-end");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Where its output goes.
   *
   * @param stderr takes its stderr
   * @param jsonFromStdout takes its stdout, secrets masked; empty = nothing of use is printed there
   */
  public record Sinks(Path stderr, Optional<Path> jsonFromStdout) {}

  /**
   * Starts it.
   *
   * @param grace after SIGINT, and again after SIGTERM
   * @param removal a command that ends it whatever becomes of the process, for containers; empty =
   *     none is needed
   * @throws LoadFailure with one line if it cannot be started
   */
  public static MemtierProcess start(
      List<String> command,
      Sinks sinks,
      Masking masking,
      List<String> removal,
      NanoClock clock,
      Duration grace) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
    Secret.removeFrom(builder.environment());
    if (sinks.jsonFromStdout().isEmpty()) {
      builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    }
    try {
      return new MemtierProcess(builder.start(), sinks, masking, removal, clock, grace);
    } catch (IOException e) {
      throw new LoadFailure(
          "cannot run " + command.get(0) + " (" + OneLine.of(e.getMessage()) + ")", e);
    }
  }

  private static Thread jsonPump(Process process, Path file, Masking masking) {
    Thread thread =
        new Thread(
            () -> {
              try (InputStream in = process.getInputStream();
                  OutputStream out = Files.newOutputStream(file)) {
                masking.copyJson(in, out);
              } catch (IOException ended) {
                // The process was killed, or the disk is full: what was read counts.
              }
            },
            "memtier-json");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  public StderrReading reading() {
    return reading;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Since its start. */
  Duration age() {
    return Duration.ofNanos(clock.nanoTime() - startedNanos);
  }

  public long startedNanos() {
    return startedNanos;
  }

  /** Its exit status; 128 and more = ended by a signal. Only once it is not alive. */
  public int status() {
    return process.exitValue();
  }

  /**
   * Asks it to end and keep its results (SIGINT), then to end (SIGTERM), then ends it (SIGKILL);
   * each but the last with a grace period. An interruption does not hurry it, but stays on record.
   * Any thread may call it.
   */
  void stop() {
    if (process.isAlive()) {
      signal("INT");
      if (!ended(grace)) {
        process.destroy();
        if (!ended(grace)) {
          killNow();
          ended(grace);
        }
      }
    }
  }

  /** Waits until all its output is read, at most a few seconds. */
  void drain() {
    boolean interrupted = Thread.interrupted();
    try {
      pump.join(5000);
      if (jsonPump.isPresent()) {
        jsonPump.get().join(5000);
      }
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean ended(Duration within) {
    boolean interrupted = Thread.interrupted();
    try {
      long deadline = clock.nanoTime() + within.toNanos();
      while (true) {
        try {
          return process.waitFor(deadline - clock.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Java's own {@link Process#destroy} sends SIGTERM, which loses memtier's results. */
  private void signal(String name) {
    try {
      new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException noShell) {
      // Then the grace period passes and SIGTERM follows, which needs no shell.
    }
  }

  private void killNow() {
    if (!removal.isEmpty() && process.isAlive()) {
      try {
        new ProcessBuilder(removal)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor(5, TimeUnit.SECONDS);
      } catch (IOException | InterruptedException e) {
        // The client below is killed all the same; --rm removes the container when it ends.
      }
    }
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (process.isAlive()) {
      killNow();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // The hook is running already and does the same.
    }
  }
}
