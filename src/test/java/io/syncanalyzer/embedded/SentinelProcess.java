package io.syncanalyzer.embedded;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.wire.RedisConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A Redis Sentinel on loopback that watches one source; it keeps its state in a file. */
final class SentinelProcess implements AutoCloseable {
  private final Process process;
  private final int port;
  private final Path folder;
  private final Thread hook;

  private SentinelProcess(Process process, int port, Path folder) {
    this.process = process;
    this.port = port;
    this.folder = folder;
    this.hook = new Thread(process::destroyForcibly, "end-sentinel-" + port);
  }

  /**
   * Starts one.
   *
   * @param settings more lines of its file
   */
  static SentinelProcess start(
      ServerBinary binary, String service, int sourcePort, List<String> settings) {
    int port = LoopbackPorts.ANY.free();
    try {
      Path folder = Files.createTempDirectory("analyzer-sentinel-");
      List<String> lines = new ArrayList<>();
      lines.add("port " + port);
      lines.add("bind 127.0.0.1");
      lines.add("dir " + folder);
      lines.add("logfile " + folder.resolve("sentinel.log"));
      lines.add("sentinel monitor " + service + " 127.0.0.1 " + sourcePort + " 2");
      lines.add("sentinel down-after-milliseconds " + service + " 1000");
      lines.add("sentinel failover-timeout " + service + " 4000");
      lines.addAll(settings);
      Path file = folder.resolve("sentinel.conf");
      Files.write(file, lines);
      Process process =
          new ProcessBuilder(binary.path().toString(), file.toString(), "--sentinel")
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("sentinel.out").toFile())
              .start();
      SentinelProcess sentinel = new SentinelProcess(process, port, folder);
      Runtime.getRuntime().addShutdownHook(sentinel.hook);
      return sentinel;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Endpoint endpoint() {
    return Endpoint.parse(Side.SOURCE, "redis://127.0.0.1:" + port);
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  Reply ask(String... arguments) {
    try (RedisConnection connection = RedisConnection.open(endpoint())) {
      return connection.expect("SENTINEL", arguments);
    }
  }

  /** What it says of the source. */
  Map<String, String> master(String service) {
    return fields(ask("MASTER", service));
  }

  /** What it says of each replica. */
  List<Map<String, String>> replicas(String service) {
    return ask("REPLICAS", service) instanceof Reply.Items items
        ? items.list().stream().map(SentinelProcess::fields).toList()
        : List.of();
  }

  /** Whether it knows so many replicas, all linked, and so many other Sentinels. */
  boolean knows(String service, int replicas, int others) {
    try {
      Map<String, String> master = master(service);
      return "master".equals(master.get("flags"))
          && Integer.toString(others).equals(master.get("num-other-sentinels"))
          && replicas(service).stream()
                  .filter(one -> "slave".equals(one.get("flags")))
                  .filter(one -> "ok".equals(one.get("master-link-status")))
                  .count()
              == replicas;
    } catch (RedisFailure notYet) {
      return false;
    }
  }

  private static Map<String, String> fields(Reply reply) {
    Map<String, String> fields = new HashMap<>();
    List<Reply> items = reply instanceof Reply.Items all ? all.list() : List.of();
    for (int i = 0; i + 1 < items.size(); i += 2) {
      fields.put(text(items.get(i)), text(items.get(i + 1)));
    }
    return fields;
  }

  private static String text(Reply reply) {
    return reply instanceof Reply.Text text ? text.bytes().asUtf8() : "";
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
    Runtime.getRuntime().removeShutdownHook(hook);
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
