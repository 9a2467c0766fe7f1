package io.syncanalyzer.verify;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
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

  private final ServerSocket listening;
  private final String id;
  private final Map<String, Value> keys = new TreeMap<>();
  private final Map<String, String> answers = new TreeMap<>();

  public FakeServer(String id) throws IOException {
    this.id = id;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread accepting = new Thread(this::accept, "fake-server");
    accepting.setDaemon(true);
    accepting.start();
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
    return Endpoint.parse(side, "redis://127.0.0.1:" + listening.getLocalPort());
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        Thread serving = new Thread(() -> serve(socket), "fake-server-client");
        serving.setDaemon(true);
        serving.start();
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket;
        DataInputStream in =
            new DataInputStream(new BufferedInputStream(socket.getInputStream()))) {
      OutputStream out = socket.getOutputStream();
      while (true) {
        String[] command = new String[(int) number(in, '*')];
        for (int i = 0; i < command.length; i++) {
          byte[] part = new byte[(int) number(in, '$')];
          in.readFully(part);
          in.readFully(new byte[2]);
          command[i] = new String(part, StandardCharsets.UTF_8);
        }
        out.write(answer(command));
        out.flush();
      }
    } catch (IOException gone) {
      // The client has what it wanted.
    }
  }

  private static long number(DataInputStream in, char kind) throws IOException {
    if (in.readUnsignedByte() != kind) {
      throw new IOException("no " + kind);
    }
    StringBuilder digits = new StringBuilder();
    for (char c = (char) in.readUnsignedByte(); c != '\r'; c = (char) in.readUnsignedByte()) {
      digits.append(c);
    }
    in.readByte();
    return Long.parseLong(digits.toString());
  }

  private byte[] answer(String[] command) {
    String known = answers.get(String.join(" ", command));
    if (known != null) {
      return ascii(known);
    }
    return switch (command[0].toUpperCase(Locale.ROOT)) {
      case "HELLO" -> ascii("*4\r\n$6\r\nserver\r\n$5\r\nredis\r\n$5\r\nproto\r\n:2\r\n");
      case "CLIENT", "SELECT" -> ascii("+OK\r\n");
      case "INFO" ->
          bulk(
              Bytes.utf8(
                      "run_id:" + id + "\r\nrole:master\r\ndb0:keys=" + keys.size() + ",expires=0")
                  .array());
      case "SCAN" -> {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(ascii("*2\r\n$1\r\n0\r\n*" + keys.size() + "\r\n"));
        keys.keySet().forEach(key -> all.writeBytes(bulk(ascii(key))));
        yield all.toByteArray();
      }
      case "MGET" ->
          ascii("*" + (command.length - 1) + "\r\n" + "$-1\r\n".repeat(command.length - 1));
      case "EXISTS" ->
          ascii(":" + List.of(command).stream().filter(keys::containsKey).count() + "\r\n");
      case "TYPE" -> ascii("+" + type(command[1]) + "\r\n");
      case "PTTL" -> ascii(keys.containsKey(command[1]) ? ":-1\r\n" : ":-2\r\n");
      case "DUMP" -> {
        Value value = keys.get(command[1]);
        yield value == null
            ? ascii("$-1\r\n")
            : value.dump() instanceof byte[] payload
                ? bulk(payload)
                : ascii("-" + value.dump() + "\r\n");
      }
      default -> ascii("-ERR unknown command '" + command[0] + "'\r\n");
    };
  }

  private String type(String key) {
    Value value = keys.get(key);
    return value == null ? "none" : value.type();
  }

  private static byte[] bulk(byte[] body) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(ascii("$" + body.length + "\r\n"));
    all.writeBytes(body);
    all.writeBytes(ascii("\r\n"));
    return all.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
