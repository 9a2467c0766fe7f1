package io.syncanalyzer.scripted;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A small server of our own in memory: strings, hashes, lists, sets and sorted sets as a test puts
 * them, with WATCH and EXEC. A test scripts what else happens: an answer of its own for a command,
 * and what is done just before the n-th command of a kind is answered, as by another client. Bytes
 * are characters of ISO 8859-1. Safe for use by several threads.
 */
public final class ScriptedRedis implements AutoCloseable {
  private static final int SCANNED_AT_ONCE = 10;

  private record Value(String type, Object held) {}

  private record Hook(Predicate<String> command, AtomicInteger countdown, Runnable act) {}

  private final Side side;
  private final Map<String, Value> values = new HashMap<>();
  private final Map<String, Long> ttls = new HashMap<>();
  private final Map<String, Long> memory = new HashMap<>();
  private final Map<String, Integer> touches = new HashMap<>();
  private final Map<String, List<String>> answers = new HashMap<>();
  private final List<Hook> hooks = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();
  private final LoopbackServer server;
  private @Nullable ScriptedRedis follower;

  /** Listens, holding nothing. */
  public ScriptedRedis(Side side) {
    this.side = side;
    this.server = new LoopbackServer(this::client);
  }

  private LoopbackServer.Client client() {
    Map<String, Integer> watched = new HashMap<>();
    return command -> answer(command.toArray(String[]::new), watched);
  }

  public Endpoint endpoint() {
    return server.endpoint(side);
  }

  /** Puts a string. */
  public synchronized ScriptedRedis string(String key, String value) {
    return put(key, "string", value);
  }

  /** Puts a hash of {@code field=value}. */
  public synchronized ScriptedRedis hash(String key, String... pairs) {
    return put(key, "hash", pairs(pairs));
  }

  /** Puts a list. */
  public synchronized ScriptedRedis list(String key, String... elements) {
    return put(key, "list", new ArrayList<>(List.of(elements)));
  }

  /** Puts a set. */
  public synchronized ScriptedRedis set(String key, String... members) {
    return put(key, "set", new LinkedHashSet<>(List.of(members)));
  }

  /** Puts a sorted set of {@code member=score}. */
  public synchronized ScriptedRedis zset(String key, String... pairs) {
    return put(key, "zset", pairs(pairs));
  }

  /** Puts a key of another type, whose commands are answered as told. */
  public synchronized ScriptedRedis other(String key, String type) {
    return put(key, type, "");
  }

  /** Gives a key so many milliseconds to live. */
  public synchronized ScriptedRedis expiring(String key, long millis) {
    ttls.put(key, millis);
    touch(key);
    return this;
  }

  /** Says that a key takes so much memory. */
  public synchronized ScriptedRedis taking(String key, long bytes) {
    memory.put(key, bytes);
    return this;
  }

  /** Deletes a key. */
  public synchronized void delete(String key) {
    values.remove(key);
    ttls.remove(key);
    touch(key);
  }

  /** Writes to a key what it holds already. */
  public synchronized void touch(String key) {
    touches.merge(key, 1, Integer::sum);
  }

  /**
   * Answers a command, its parts joined by spaces, with replies as the wire has them, one after
   * another; the last goes on.
   */
  public synchronized ScriptedRedis answering(String command, String... replies) {
    answers.put(command, new ArrayList<>(List.of(replies)));
    return this;
  }

  /** Hands on what it is told to SET and to DEL, as to a replica. */
  public synchronized void followedBy(ScriptedRedis replica) {
    follower = replica;
  }

  /** Does something just before the n-th command from now on that begins so is answered. */
  public synchronized void before(String command, int nth, Runnable act) {
    hooks.add(new Hook(one -> one.startsWith(command), new AtomicInteger(nth), act));
  }

  /** All that it was asked so far, the parts of a command joined by spaces. */
  public synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  private ScriptedRedis put(String key, String type, Object held) {
    values.put(key, new Value(type, held));
    touch(key);
    return this;
  }

  private static Map<String, String> pairs(String... pairs) {
    Map<String, String> all = new LinkedHashMap<>();
    for (String pair : pairs) {
      int at = pair.indexOf('=');
      all.put(pair.substring(0, at), pair.substring(at + 1));
    }
    return all;
  }

  private synchronized String answer(String[] command, Map<String, Integer> watched) {
    String all = String.join(" ", command);
    asked.add(all);
    for (Hook hook : hooks) {
      if (hook.command().test(all) && hook.countdown().decrementAndGet() == 0) {
        hook.act().run();
      }
    }
    List<String> told = answers.get(all);
    if (told != null) {
      return told.size() > 1 ? told.remove(0) : told.get(0);
    }
    return switch (command[0]) {
      case "HELLO" -> "*4\r\n$6\r\nserver\r\n$5\r\nredis\r\n$5\r\nproto\r\n:2\r\n";
      case "CLIENT", "SELECT", "MULTI", "PING" -> "+OK\r\n";
      case "INFO" -> LoopbackServer.bulk("role:master\r\n");
      case "SET" -> {
        string(command[1], command[2]);
        if (follower != null) {
          follower.string(command[1], command[2]);
        }
        yield "+OK\r\n";
      }
      case "DEL" -> {
        delete(command[1]);
        if (follower != null) {
          follower.delete(command[1]);
        }
        yield ":1\r\n";
      }
      case "WATCH" -> {
        for (String key : Arrays.asList(command).subList(1, command.length)) {
          watched.put(key, touches.getOrDefault(key, 0));
        }
        yield "+OK\r\n";
      }
      case "EXEC" -> {
        boolean untouched =
            watched.entrySet().stream()
                .allMatch(one -> touches.getOrDefault(one.getKey(), 0).equals(one.getValue()));
        watched.clear();
        yield untouched ? "*0\r\n" : "*-1\r\n";
      }
      case "MEMORY" ->
          values.containsKey(command[2])
              ? ":" + memory.getOrDefault(command[2], 100L) + "\r\n"
              : "$-1\r\n";
      default -> command.length < 2 ? unknown(command) : ofKey(command);
    };
  }

  private static String unknown(String... command) {
    return "-ERR unknown command '" + command[0] + "'\r\n";
  }

  private String ofKey(String... command) {
    String key = command[1];
    @Nullable Value value = values.get(key);
    String type = value == null ? "none" : value.type();
    List<String> rest = Arrays.asList(command).subList(2, command.length);
    return switch (command[0]) {
      case "TYPE" -> "+" + type + "\r\n";
      case "PTTL" -> ":" + (value == null ? -2 : ttls.getOrDefault(key, -1L)) + "\r\n";
      case "STRLEN", "GET", "GETRANGE" -> of("string", value, () -> string(value, command));
      case "HLEN", "HGETALL", "HMGET", "HSCAN" -> of("hash", value, () -> hash(value, command));
      case "LLEN", "LRANGE" -> of("list", value, () -> list(value, command));
      case "SCARD", "SMEMBERS", "SMISMEMBER", "SSCAN" ->
          of("set", value, () -> set(value, rest, command[0]));
      case "ZCARD", "ZRANGE", "ZMSCORE", "ZSCAN" -> of("zset", value, () -> hash(value, command));
      default -> unknown(command);
    };
  }

  private static String of(String type, @Nullable Value value, Supplier<String> answer) {
    return value == null || value.type().equals(type)
        ? answer.get()
        : "-WRONGTYPE Operation against a key holding the wrong kind of value\r\n";
  }

  private static String string(@Nullable Value value, String... command) {
    String held = value == null ? "" : (String) value.held();
    return switch (command[0]) {
      case "STRLEN" -> ":" + held.length() + "\r\n";
      case "GET" -> value == null ? "$-1\r\n" : LoopbackServer.bulk(held);
      default -> {
        int from = Math.min(held.length(), Integer.parseInt(command[2]));
        int to = Math.min(held.length(), Integer.parseInt(command[3]) + 1);
        yield LoopbackServer.bulk(held.substring(from, Math.max(from, to)));
      }
    };
  }

  /** Hashes, and sorted sets, which are alike but for their commands. */
  @SuppressWarnings("unchecked") // Put there by us.
  private static String hash(@Nullable Value value, String... command) {
    Map<String, String> held = value == null ? Map.of() : (Map<String, String>) value.held();
    List<String> flat = new ArrayList<>();
    held.forEach(
        (name, one) -> {
          flat.add(name);
          flat.add(one);
        });
    return switch (command[0]) {
      case "HLEN", "ZCARD" -> ":" + held.size() + "\r\n";
      case "HGETALL", "ZRANGE" -> LoopbackServer.array(flat);
      case "HMGET", "ZMSCORE" ->
          Arrays.asList(command).subList(2, command.length).stream()
              .map(name -> held.containsKey(name) ? LoopbackServer.bulk(held.get(name)) : "$-1\r\n")
              .collect(Collectors.joining("", "*" + (command.length - 2) + "\r\n", ""));
      default -> scanned(flat, Integer.parseInt(command[2]), 2);
    };
  }

  @SuppressWarnings("unchecked") // Put there by us.
  private static String list(@Nullable Value value, String... command) {
    List<String> held = value == null ? List.of() : (List<String>) value.held();
    if (command[0].equals("LLEN")) {
      return ":" + held.size() + "\r\n";
    }
    int to = Integer.parseInt(command[3]);
    int end = Math.min(held.size(), (to < 0 ? held.size() + to : to) + 1);
    int from = Math.min(end, Integer.parseInt(command[2]));
    return LoopbackServer.array(held.subList(from, end));
  }

  @SuppressWarnings("unchecked") // Put there by us.
  private static String set(@Nullable Value value, List<String> rest, String command) {
    Set<String> held = value == null ? Set.of() : (Set<String>) value.held();
    return switch (command) {
      case "SCARD" -> ":" + held.size() + "\r\n";
      case "SMEMBERS" -> LoopbackServer.array(held);
      case "SMISMEMBER" ->
          rest.stream()
              .map(name -> held.contains(name) ? ":1\r\n" : ":0\r\n")
              .collect(Collectors.joining("", "*" + rest.size() + "\r\n", ""));
      default -> scanned(List.copyOf(held), Integer.parseInt(rest.get(0)), 1);
    };
  }

  /** Some elements at once, whatever COUNT says; the cursor is where the next begin. */
  private static String scanned(List<String> flat, int from, int stride) {
    int to = Math.min(flat.size(), from + SCANNED_AT_ONCE * stride);
    String next = to < flat.size() ? Integer.toString(to) : "0";
    return "*2\r\n"
        + LoopbackServer.bulk(next)
        + LoopbackServer.array(flat.subList(Math.min(from, to), to));
  }

  @Override
  public void close() {
    server.close();
  }
}
