package io.syncanalyzer.insert.fork;

import io.syncanalyzer.insert.fork.ControlMessage.Down;
import io.syncanalyzer.insert.fork.ControlMessage.Hello;
import io.syncanalyzer.insert.fork.ControlMessage.Second;
import io.syncanalyzer.insert.fork.ControlMessage.Settings;
import io.syncanalyzer.insert.fork.ControlMessage.Stop;
import io.syncanalyzer.insert.fork.ControlMessage.Up;
import io.syncanalyzer.time.NanoClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * The parent's side of one JMH fork: JMH's Runner in a thread of its own, the control channel, and
 * one queue of all that happens.
 *
 * <p>A fork that dies is noticed at once, by the channel's end and by the Runner's. Whatever
 * happens, {@link #close} leaves no process behind. For use by one thread at a time, except {@link
 * #send}.
 *
 * <p>JMH's Runner exists once per call here, so several forks can run side by side in one JVM; its
 * machine-wide lock is switched off for that ({@code jmh.ignoreLock}). It never prints on this
 * JVM's own output: all of it goes to the log.
 */
public final class JmhFork implements AutoCloseable {
  /** The system property by which a fork finds its parent. */
  public static final String CONTROL_PROPERTY = "analyzer.control";

  private static final Duration KILL_GRACE = Duration.ofSeconds(5);

  static {
    System.setProperty("jmh.ignoreLock", "true");
  }

  /** What a fork can bring about. */
  sealed interface Event {
    /** It said something. */
    record Said(Up message) implements Event {}

    /** Its process, and JMH's Runner with it, have come to an end; null = as it should. */
    record Ended(@Nullable Throwable failure) implements Event {}
  }

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final ControlServer server;
  private final Path json;
  private final Path log;
  private final Thread runner;
  private final Thread listener;
  private final Settings settings;
  private final NanoClock clock;
  private final Heap heap;
  private final Consumer<WorkJson> seconds;
  private volatile @Nullable ControlChannel<Up, Down> channel;
  private volatile long pid = -1;
  private volatile boolean ended;

  /**
   * What a fork may hold.
   *
   * @param bytes what its heap may grow to
   * @param lower the options by which it would need less, as a message ends
   */
  public record Heap(long bytes, String lower) {
    /** What it means that a fork has none left. */
    String spent() {
      return "out of heap: " + (bytes >> 20) + " MiB given; lower " + lower;
    }
  }

  private JmhFork(
      ControlServer server,
      Options options,
      Path json,
      Path log,
      Settings settings,
      Heap heap,
      Consumer<WorkJson> seconds,
      NanoClock clock) {
    this.clock = clock;
    this.seconds = new SecondsTold(seconds);
    this.heap = heap;
    this.server = server;
    this.json = json;
    this.log = log;
    this.settings = settings;
    this.runner = new Thread(() -> run(options), "jmh-runner");
    runner.setDaemon(true);
    this.listener = new Thread(this::listen, "jmh-control-in");
    listener.setDaemon(true);
  }

  /**
   * Starts a fork.
   *
   * @param base which benchmark, how long, how many threads
   * @param json JMH's result
   * @param log JMH's chatter and all that the fork prints
   * @param heap what the fork may hold; without any left it ends at once
   * @param settings goes to the fork over the channel; may hold secrets
   * @param seconds told of each {@link ControlMessage.Second} as it comes, on the thread that
   *     listens, whatever the user of this fork waits for meanwhile
   * @throws InsertFailure if the files cannot be written or no socket be made
   */
  public static JmhFork start(
      Options base,
      Path json,
      Path log,
      Heap heap,
      Record settings,
      Consumer<WorkJson> seconds,
      NanoClock clock) {
    for (Path file : List.of(json, log)) {
      try {
        Files.writeString(file, "");
      } catch (IOException e) {
        throw new InsertFailure("cannot write " + file + ": " + e.getMessage(), e);
      }
    }
    Settings asked = new Settings(ControlJson.of(settings));
    ControlServer server = ControlServer.open();
    ForkJvm.quietHere();
    Options options =
        new OptionsBuilder()
            .parent(base)
            .forks(1)
            .warmupForks(0)
            .jvmArgsPrepend(ForkJvm.thisOne().toArray(String[]::new))
            // Said outright, or JMH would hand on this JVM's own, with whatever they hold.
            .jvmArgs(
                "-Xmx" + (heap.bytes() >> 20) + "m",
                // A thread that has ended for want of memory is waited for by JMH for minutes.
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.awt.headless=true",
                "-Djmh.shutdownTimeout=900",
                "-D" + CONTROL_PROPERTY + "=" + server.path())
            .shouldFailOnError(true)
            .shouldDoGC(false)
            .resultFormat(ResultFormatType.JSON)
            .result(json.toString())
            .output(log.toString())
            .build();
    JmhFork fork = new JmhFork(server, options, json, log, asked, heap, seconds, clock);
    fork.listener.start();
    fork.runner.start();
    return fork;
  }

  /** Tells the fork something; without effect where it is not there (any more). */
  public void send(Down message) {
    ControlChannel<Up, Down> open = channel;
    if (open != null) {
      open.send(message);
    }
  }

  /** The next thing that happens; null if nothing does in that time. */
  @Nullable Event next(Duration timeout) throws InterruptedException {
    return events.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** One line from the log on why the fork ended: the exit status and the last thing it said. */
  String lastWords() {
    return ForkLog.lastWords(log, heap.spent());
  }

  /** Ends the fork, by force where it does not go by itself. */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    send(new Stop());
    server.close();
    interrupted |= joinRunner(ended ? Duration.ofSeconds(1) : KILL_GRACE);
    if (runner.isAlive()) {
      process().ifPresent(ProcessHandle::destroyForcibly);
      interrupted |= joinRunner(KILL_GRACE);
    }
    ControlChannel<Up, Down> open = channel;
    if (open != null) {
      open.close();
    }
    deleteEmptyResult();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** JMH makes its result file before it has a result. */
  private void deleteEmptyResult() {
    try {
      if (Files.exists(json) && Files.size(json) == 0) {
        Files.delete(json);
      }
    } catch (IOException e) {
      throw new InsertFailure("cannot remove the empty " + json + ": " + e.getMessage(), e);
    }
  }

  private boolean joinRunner(Duration patience) {
    boolean interrupted = false;
    long deadline = clock.nanoTime() + patience.toNanos();
    while (runner.isAlive() && deadline - clock.nanoTime() > 0) {
      try {
        runner.join(50);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    return interrupted;
  }

  /** The fork by its own word, or by the socket on its command line where it has not yet spoken. */
  private Optional<ProcessHandle> process() {
    if (pid > 0) {
      return ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    }
    String mark = "-D" + CONTROL_PROPERTY + "=" + server.path();
    return ProcessHandle.current()
        .children()
        // With a long class path only the beginning of the line is to be had; the mark is there.
        .filter(child -> child.info().commandLine().orElse("").contains(mark))
        .findFirst();
  }

  private void run(Options options) {
    Throwable failure = null;
    try {
      new Runner(options).run();
    } catch (RunnerException | RuntimeException | Error e) {
      failure = e;
    } finally {
      ended = true;
      // A listener that still waits for a fork that never came is let go; one that still reads what
      // the fork said last comes first.
      server.close();
      joinListener();
      events.add(new Event.Ended(failure));
    }
  }

  private void joinListener() {
    try {
      listener.join(TimeUnit.SECONDS.toMillis(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void listen() {
    ControlChannel<Up, Down> open;
    try {
      open = server.accept(clock);
    } catch (IOException closedBeforeAnyoneCame) {
      return;
    }
    channel = open;
    Up message = open.receive();
    while (message != null) {
      if (message instanceof Hello hello) {
        pid = hello.pid();
        open.send(settings);
      }
      if (message instanceof Second second) {
        seconds.accept(second.work());
      } else {
        events.add(new Event.Said(message));
      }
      message = open.receive();
    }
  }
}
