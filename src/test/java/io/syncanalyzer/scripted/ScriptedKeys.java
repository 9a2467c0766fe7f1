package io.syncanalyzer.scripted;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A source of keys without a server: a map behind a socket of this JVM, which answers as Redis does
 * what is asked to write strings, to look at keys and to remove them, WATCH, MULTI and EXEC among
 * it. A command can be refused, and something can happen to the keys just before one. Texts are ISO
 * 8859-1, a byte a character.
 */
public final class ScriptedKeys implements AutoCloseable {
  /** What a key holds: of a string one text, of a hash and a sorted set pairs, else elements. */
  private record Value(String type, List<String> parts) {}

  private final Map<String, Value> keys = new TreeMap<>();
  private final Map<String, Long> changes = new HashMap<>();
  private final Map<String, String> refusals = new HashMap<>();
  private final Map<String, Runnable> before = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private final LoopbackServer server;
  private List<String> scanned = List.of();
  private int pageSize = 1000;

  public ScriptedKeys() {
    server = new LoopbackServer(Client::new);
  }

  /** Puts a key there, as a client would: whoever watches it notices. */
  public synchronized ScriptedKeys with(String key, String type, String... parts) {
    keys.put(key, new Value(type, List.of(parts)));
    changes.merge(key, 1L, Long::sum);
    return this;
  }

  /** Answers a command with an error from now on. */
  public synchronized ScriptedKeys refusing(String command, String error) {
    refusals.put(command, error);
    return this;
  }

  /** Does something each time just before a command is answered. */
  public synchronized ScriptedKeys before(String command, Runnable what) {
    before.put(command, what);
    return this;
  }

  /** Cuts the connection off in place of an answer. */
  public ScriptedKeys cuttingOffAt(String command) {
    return before(
        command,
        () -> {
          throw new UncheckedIOException(new IOException("cut off"));
        });
  }

  /** Gives so many keys at a time to SCAN. */
  public synchronized ScriptedKeys inPagesOf(int size) {
    pageSize = size;
    return this;
  }

  /** The names that are there, in order. */
  public synchronized List<String> names() {
    return List.copyOf(keys.keySet());
  }

  /** The commands that came, by name. */
  public synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  public Endpoint endpoint(Side side) {
    return server.endpoint(side);
  }

  @Override
  public void close() {
    server.close();
  }

  /** One connection: what it watches, and what waits for its EXEC. */
  private final class Client implements LoopbackServer.Client {
    private final Map<String, Long> watched = new HashMap<>();
    private final List<List<String>> queued = new ArrayList<>();
    private boolean inMulti;
    private boolean spoilt;

    @Override
    public String answer(List<String> command) {
      String name = command.get(0).toUpperCase(Locale.ROOT);
      Runnable first;
      synchronized (ScriptedKeys.this) {
        asked.add(name);
        first = before.get(name);
      }
      if (first != null) {
        first.run();
      }
      synchronized (ScriptedKeys.this) {
        String refusal = refusals.get(name);
        if (refusal != null) {
          spoilt |= inMulti;
          return "-" + refusal + "\r\n";
        }
        return switch (name) {
          case "WATCH" -> {
            command.stream().skip(1).forEach(key -> watched.put(key, changesOf(key)));
            yield "+OK\r\n";
          }
          case "MULTI" -> {
            inMulti = true;
            yield "+OK\r\n";
          }
          case "DISCARD" -> {
            end();
            yield "+OK\r\n";
          }
          case "EXEC" -> exec();
          default -> {
            if (inMulti) {
              queued.add(command);
              yield "+QUEUED\r\n";
            }
            yield ScriptedKeys.this.answer(name, command);
          }
        };
      }
    }

    private String exec() {
      boolean changed =
          watched.entrySet().stream().anyMatch(e -> changesOf(e.getKey()) != e.getValue());
      List<String> replies = new ArrayList<>();
      if (!changed && !spoilt) {
        queued.forEach(command -> replies.add(ScriptedKeys.this.answer(command.get(0), command)));
      }
      String reply =
          spoilt
              ? "-EXECABORT Transaction discarded because of previous errors.\r\n"
              : changed ? "*-1\r\n" : items(replies);
      end();
      return reply;
    }

    private void end() {
      watched.clear();
      queued.clear();
      inMulti = false;
      spoilt = false;
    }
  }

  private long changesOf(String key) {
    return changes.getOrDefault(key, 0L);
  }

  private String answer(String name, List<String> command) {
    String key = command.size() > 1 ? command.get(1) : "";
    Value value = keys.getOrDefault(key, new Value("none", List.of()));
    List<String> parts = value.parts();
    List<String> two = parts.subList(0, Math.min(2, parts.size()));
    return switch (name) {
      case "CLIENT", "SELECT", "PING" -> "+OK\r\n";
      case "SET" -> {
        with(key, "string", command.get(2));
        yield "+OK\r\n";
      }
      case "SCAN" -> scan(Integer.parseInt(key), command.get(3));
      case "TYPE" -> "+" + value.type() + "\r\n";
      case "UNLINK", "DEL" -> {
        long gone = command.stream().skip(1).filter(one -> keys.remove(one) != null).count();
        yield ":" + gone + "\r\n";
      }
      case "GETRANGE" ->
          of(
              value,
              "string",
              parts.isEmpty() ? LoopbackServer.bulk("") : LoopbackServer.bulk(parts.get(0)));
      case "HLEN" -> of(value, "hash", ":" + parts.size() / 2 + "\r\n");
      case "HGET" -> {
        int at = parts.indexOf(command.get(2));
        yield of(value, "hash", at < 0 ? "$-1\r\n" : LoopbackServer.bulk(parts.get(at + 1)));
      }
      case "LRANGE" -> of(value, "list", LoopbackServer.array(two));
      case "SRANDMEMBER" -> of(value, "set", LoopbackServer.array(two));
      case "ZRANGE" ->
          of(value, "zset", LoopbackServer.array(parts.subList(0, Math.min(4, parts.size()))));
      case "XRANGE" -> of(value, "stream", parts.isEmpty() ? items(List.of()) : entry(parts));
      default -> "-ERR unknown command '" + name + "'\r\n";
    };
  }

  private static String of(Value value, String type, String reply) {
    return value.type().equals(type) || value.type().equals("none")
        ? reply
        : "-WRONGTYPE Operation against a key holding the wrong kind of value\r\n";
  }

  private static String entry(List<String> fields) {
    return items(List.of(items(List.of(LoopbackServer.bulk("1-1"), LoopbackServer.array(fields)))));
  }

  private String scan(int cursor, String pattern) {
    if (cursor == 0) {
      scanned = List.copyOf(keys.keySet());
    }
    int end = Math.min(scanned.size(), cursor + pageSize);
    List<String> page =
        scanned.subList(cursor, end).stream()
            .filter(keys::containsKey)
            .filter(one -> one.startsWith(pattern.substring(0, pattern.length() - 1)))
            .toList();
    return items(
        List.of(
            LoopbackServer.bulk(end == scanned.size() ? "0" : Integer.toString(end)),
            LoopbackServer.array(page)));
  }

  private static String items(List<String> replies) {
    return "*" + replies.size() + "\r\n" + String.join("", replies);
  }
}
