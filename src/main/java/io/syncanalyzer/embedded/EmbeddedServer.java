package io.syncanalyzer.embedded;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Secret;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.time.BackOff;
import io.syncanalyzer.time.NanoClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Redis server process of our own on loopback, empty at start and gone, with its files, at {@link
 * #close}.
 *
 * <p>It keeps nothing on disk but its log. A shutdown hook ends it where nobody closes it. Safe for
 * use by several threads.
 */
public final class EmbeddedServer implements AutoCloseable {
  private static final long START_SECONDS = 15;

  /** Between two questions to a server that is starting. */
  static final long ASK_AGAIN_NANOS = 10_000_000;

  private static final int TRIES = 5;

  private final ServerBinary binary;
  private final Process process;
  private final int port;
  private final Path folder;
  private final Thread hook;
  private final NanoClock clock;

  private EmbeddedServer(
      ServerBinary binary, Process process, int port, Path folder, NanoClock clock) {
    this.clock = clock;
    this.binary = binary;
    this.process = process;
    this.port = port;
    this.folder = folder;
    this.hook = new Thread(this::end, "end-redis-" + port);
  }

  /**
   * Starts a server and waits until it answers.
   *
   * @param preferredPort 0 for any free one; where it is taken, a free one is used
   * @param extra more of redis-server's own arguments, such as {@code --maxmemory 10mb}
   * @throws EmbeddedFailure if it does not come up, with the last line of its log
   */
  public static EmbeddedServer start(ServerBinary binary, int preferredPort, List<String> extra) {
    return start(binary, preferredPort, extra, LoopbackPorts.ANY);
  }

  /** As {@link #start(ServerBinary, int, List)}, on one of these ports. */
  static EmbeddedServer start(
      ServerBinary binary, int preferredPort, List<String> extra, LoopbackPorts ports) {
    EmbeddedFailure last = null;
    for (int i = 0; i < TRIES; i++) {
      // Between finding a port free and the server's bind another process may take it.
      int port = i == 0 && ports.isFree(preferredPort) ? preferredPort : ports.free();
      try {
        return startOn(binary, port, extra);
      } catch (EmbeddedFailure e) {
        last = e;
        if (!isTaken(String.valueOf(e.getMessage()))) {
          throw e;
        }
      }
    }
    throw last == null ? new EmbeddedFailure("no server was tried", null) : last;
  }

  private static boolean isTaken(String message) {
    return message.contains("already in use") || message.contains("Failed listening on port");
  }

  private static EmbeddedServer startOn(ServerBinary binary, int port, List<String> extra) {
    try {
      Path folder = Files.createTempDirectory("analyzer-redis-");
      List<String> command = new ArrayList<>();
      command.add(binary.path().toString());
      command.addAll(
          List.of(
              "--port", Integer.toString(port),
              "--bind", "127.0.0.1",
              "--dir", folder.toString(),
              "--save", "",
              "--appendonly", "no",
              "--repl-diskless-sync", "yes",
              "--repl-diskless-sync-delay", "0",
              "--logfile", folder.resolve("server.log").toString()));
      command.addAll(extra);
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("server.out").toFile());
      Secret.removeFrom(builder.environment());
      Process process = builder.start();
      EmbeddedServer server = new EmbeddedServer(binary, process, port, folder, NanoClock.SYSTEM);
      Runtime.getRuntime().addShutdownHook(server.hook);
      try {
        server.awaitUp();
      } catch (RuntimeException e) {
        server.close();
        throw e;
      }
      return server;
    } catch (IOException e) {
      throw new EmbeddedFailure("cannot start " + binary.path() + ": " + e.getMessage(), e);
    }
  }

  private void awaitUp() {
    BackOff wait =
        BackOff.steady(clock, ASK_AGAIN_NANOS).within(TimeUnit.SECONDS.toNanos(START_SECONDS));
    while (true) {
      if (!process.isAlive()) {
        throw new EmbeddedFailure(
            binary.path() + " ended at once on port " + port + ": " + lastLogLine(), null);
      }
      try (RedisConnection connection = RedisConnection.open(endpoint(Side.SOURCE))) {
        refuseStranger(ServerInfo.readSection(connection, "server"));
        return;
      } catch (RedisFailure notYet) {
        if (notYet.kind() == RedisFailure.Kind.WRONG_PASSWORD
            || notYet.kind() == RedisFailure.Kind.TLS) {
          return; // It answers; what it asks for is up to the caller.
        }
        if (Thread.currentThread().isInterrupted()) {
          throw new EmbeddedFailure("interrupted while a server was starting", notYet);
        }
        if (!wait.more()) {
          throw new EmbeddedFailure(
              binary.path() + " does not answer on port " + port + ": " + lastLogLine(), notYet);
        }
      }
    }
  }

  /** Another server may have taken the port first, and would answer in place of ours. */
  private void refuseStranger(ServerInfo info) {
    OptionalLong answering = info.number("process_id");
    if (answering.isPresent() && answering.getAsLong() != process.pid()) {
      throw new EmbeddedFailure(
          "port "
              + port
              + " is already in use by the server with process id "
              + answering.getAsLong(),
          null);
    }
  }

  /** The server as a source or a replica on 127.0.0.1. */
  public Endpoint endpoint(Side side) {
    return Endpoint.parse(side, "redis://127.0.0.1:" + port);
  }

  /** Which server it is. */
  public ServerBinary binary() {
    return binary;
  }

  /** The port it listens on. */
  public int port() {
    return port;
  }

  /** The process id. */
  public long pid() {
    return process.pid();
  }

  /** Whether the process still runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Ends the process and deletes its folder; harmless when repeated. */
  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // The hook runs anyway and finds nothing left to do.
    }
  }

  private synchronized void end() {
    // Nothing of it is to be kept, so there is nothing to wait for a shutdown to save; SIGKILL also
    // ends a server that is stopped.
    process.destroyForcibly();
    boolean interrupted = false;
    while (process.isAlive()) {
      try {
        process.waitFor(10, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    deleteFolder();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void deleteFolder() {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.deleteIfExists(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    } catch (IOException | UncheckedIOException e) {
      throw new EmbeddedFailure("cannot delete " + folder + ": " + e.getMessage(), e);
    }
  }

  private String lastLogLine() {
    for (String name : List.of("server.out", "server.log")) {
      try {
        List<String> lines = Files.readAllLines(folder.resolve(name), StandardCharsets.ISO_8859_1);
        List<String> said = lines.stream().filter(line -> !line.isBlank()).toList();
        if (!said.isEmpty()) {
          return said.get(said.size() - 1).strip();
        }
      } catch (IOException noSuchLog) {
        // The other file may hold the reason.
      }
    }
    return "it left no log";
  }
}
