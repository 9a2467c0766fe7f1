package io.syncanalyzer.redis.topology;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.NodeMap;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.scripted.LoopbackServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Answers what a node of a real cluster answered, as it was recorded, at a port of this JVM; by its
 * {@link #nodes} it stands for every node of that cluster.
 */
final class RecordedCluster implements AutoCloseable {
  private final String recording;
  private final Map<String, String> answers = new HashMap<>();
  private final Map<String, String> nodes = new HashMap<>();
  private final LoopbackServer server = new LoopbackServer(() -> this::answer);

  RecordedCluster(String recording) {
    this.recording = recording;
    for (int port = 20100; port < 20120; port++) {
      nodes.put("127.0.0.1:" + port, address());
    }
  }

  /** Answers a command otherwise than it was recorded. */
  synchronized RecordedCluster answering(String command, String reply) {
    answers.put(command, reply);
    return this;
  }

  /** Has another announced address stand for this server too. */
  RecordedCluster announcing(String address) {
    nodes.put(address, address());
    return this;
  }

  Endpoint seed() {
    return server.endpoint(Side.SOURCE).withTimeouts(Duration.ofSeconds(1), Duration.ofMillis(300));
  }

  String address() {
    return server.endpoint(Side.SOURCE).address();
  }

  NodeMap nodes() {
    return new NodeMap(nodes);
  }

  /** What was recorded as the answer to a CLUSTER command. */
  static String recorded(String recording, String subcommand) {
    String name = "/cluster/" + recording + "-" + subcommand.toLowerCase(Locale.ROOT) + ".resp";
    try (InputStream in = RecordedCluster.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("nothing recorded as " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized String answer(List<String> command) {
    String whole = String.join(" ", command);
    if (answers.containsKey(whole)) {
      return answers.get(whole);
    }
    return switch (command.get(0)) {
      case "INFO" ->
          LoopbackServer.bulk("redis_mode:cluster\r\nrole:slave\r\nmaster_link_status:up\r\n");
      case "CLUSTER" -> recorded(recording, command.get(1));
      default -> "+OK\r\n";
    };
  }

  @Override
  public void close() {
    server.close();
  }
}
