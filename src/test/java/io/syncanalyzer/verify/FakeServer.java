package io.syncanalyzer.verify;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.scripted.LoopbackServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A server of our own that holds keys of types that no server at hand has, as one with a module
 * would: it answers what a verification asks of such keys, and knows no other command.
 */
public final class FakeServer implements AutoCloseable {
  /**
   * A key of an unknown type.
   *
   * @param dump its serialized payload, footer included, or the error that DUMP answers with
   */
  record Value(String type, Object dump) {}

  private final String id;
  private final Map<String, Value> keys = new TreeMap<>();
  private final Map<String, String> answers = new TreeMap<>();
  private final LoopbackServer server;

  public FakeServer(String id) {
    this.id = id;
    this.server = new LoopbackServer(() -> this::answer);
  }

  /** A payload as DUMP gives it: a body, the version of its format, a checksum nobody checks. */
  public static byte[] payload(int version, int... body) {
    byte[] payload = new byte[body.length + 10];
    for (int i = 0; i < body.length; i++) {
      payload[i] = (byte) body[i];
    }
    payload[body.length] = (byte) version;
    return payload;
  }

  public FakeServer with(String key, String type, Object dump) {
    keys.put(key, new Value(type, dump));
    return this;
  }

  /** Answers a command, its parts joined by spaces, with a reply as the wire has it. */
  public FakeServer answering(String command, String reply) {
    answers.put(command, reply);
    return this;
  }

  public Endpoint endpoint(Side side) {
    return server.endpoint(side);
  }

  private String answer(List<String> command) {
    String known = answers.get(String.join(" ", command));
    if (known != null) {
      return known;
    }
    String key = command.size() > 1 ? command.get(1) : "";
    return switch (command.get(0).toUpperCase(Locale.ROOT)) {
      case "HELLO" -> "*4\r\n$6\r\nserver\r\n$5\r\nredis\r\n$5\r\nproto\r\n:2\r\n";
      case "CLIENT", "SELECT" -> "+OK\r\n";
      case "INFO" ->
          LoopbackServer.bulk(
              "run_id:" + id + "\r\nrole:master\r\ndb0:keys=" + keys.size() + ",expires=0");
      case "SCAN" -> "*2\r\n$1\r\n0\r\n" + LoopbackServer.array(keys.keySet());
      case "MGET" -> "*" + (command.size() - 1) + "\r\n" + "$-1\r\n".repeat(command.size() - 1);
      case "EXISTS" -> ":" + command.stream().filter(keys::containsKey).count() + "\r\n";
      case "TYPE" -> "+" + type(key) + "\r\n";
      case "PTTL" -> keys.containsKey(key) ? ":-1\r\n" : ":-2\r\n";
      case "DUMP" -> {
        Value value = keys.get(key);
        yield value == null
            ? "$-1\r\n"
            : value.dump() instanceof byte[] payload
                ? LoopbackServer.bulk(new String(payload, StandardCharsets.ISO_8859_1))
                : "-" + value.dump() + "\r\n";
      }
      default -> "-ERR unknown command '" + command.get(0) + "'\r\n";
    };
  }

  private String type(String key) {
    Value value = keys.get(key);
    return value == null ? "none" : value.type();
  }

  @Override
  public void close() {
    server.close();
  }
}
