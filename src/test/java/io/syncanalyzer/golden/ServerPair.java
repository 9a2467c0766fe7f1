package io.syncanalyzer.golden;

import io.syncanalyzer.embedded.TestServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A source and a replica, of the bundled server, so that what they say of themselves is the same on
 * every machine. Nothing of the analyzer is used, so that its rooms can be put in order.
 */
final class ServerPair implements AutoCloseable {
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  private final List<Process> processes = new ArrayList<>();
  private final int source;
  private final int replica;
  private final Jedis toSource;
  private final Jedis toReplica;

  private ServerPair(Path folder, boolean linked) {
    source = start(folder.resolve("source.log"), List.of());
    replica =
        start(
            folder.resolve("replica.log"),
            linked ? List.of("--replicaof", "127.0.0.1", Integer.toString(source)) : List.of());
    toSource = new Jedis("127.0.0.1", source);
    toReplica = new Jedis("127.0.0.1", replica);
  }

  /** The replica follows the source, and its link is up. */
  static ServerPair linked(Path folder) {
    ServerPair pair = new ServerPair(folder, true);
    // Over a link that is up, so that no figure depends on when it came up.
    pair.source("SET", "first", "v");
    pair.caughtUp();
    pair.source("DEL", "first");
    pair.caughtUp();
    return pair;
  }

  /** The two follow nothing. */
  static ServerPair apart(Path folder) {
    return new ServerPair(folder, false);
  }

  int sourcePort() {
    return source;
  }

  int replicaPort() {
    return replica;
  }

  /** Sends a command to the source. */
  void source(String... words) {
    send(toSource, words);
  }

  /** Sends a command to the replica, which lets itself be written to. */
  void replica(String... words) {
    send(toReplica, words);
  }

  /** Waits until the replica has what the source has. */
  void caughtUp() {
    long start = System.nanoTime();
    // It waits for what this very connection wrote.
    while (!send(toSource, "WAIT", "1", "1000").equals(1L)) {
      if (System.nanoTime() - start > PATIENCE_NANOS) {
        throw new AssertionError("the replica does not follow");
      }
    }
  }

  private static Object send(Jedis server, String... words) {
    String[] rest = Arrays.copyOfRange(words, 1, words.length);
    return server.sendCommand(() -> words[0].getBytes(StandardCharsets.UTF_8), rest);
  }

  private int start(Path log, List<String> more) {
    int port = freePort();
    List<String> command = new ArrayList<>(List.of(TestServers.bundled().path().toString()));
    command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1"));
    command.addAll(List.of("--save", "", "--appendonly", "no", "--replica-read-only", "no"));
    command.addAll(List.of("--repl-diskless-sync", "yes", "--repl-diskless-sync-delay", "0"));
    command.addAll(more);
    try {
      processes.add(
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .directory(log.toAbsolutePath().getParent().toFile())
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    await(port);
    return port;
  }

  private static void await(int port) {
    long start = System.nanoTime();
    while (true) {
      try (Jedis server = new Jedis("127.0.0.1", port)) {
        server.ping();
        return;
      } catch (JedisException e) {
        if (System.nanoTime() - start > PATIENCE_NANOS) {
          throw new AssertionError("no server answers on port " + port, e);
        }
      }
    }
  }

  /** A port that nothing listens on; it has five digits, as all of them have that are given out. */
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    toSource.close();
    toReplica.close();
    processes.forEach(Process::destroyForcibly);
  }
}
