package io.syncanalyzer.load.proof;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.result.load.CommandKind;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which commands write and which read, by the source's own table of commands ({@code COMMAND INFO}
 * flags each {@code write} or {@code readonly}).
 *
 * <p>Where a source does not let us see that table, the commands of the profiles that come with us
 * are known all the same; of others nothing is claimed.
 *
 * @param byName by lower-case name, a subcommand as {@code xgroup|create}
 */
public record CommandKinds(Map<String, CommandKind> byName) {
  /** What the shipped profiles and memtier's own options can send. */
  private static final Map<CommandKind, Set<String>> WITHOUT_ASKING =
      Map.of(
          CommandKind.WRITE,
          Set.of(
              "set",
              "setex",
              "setrange",
              "mset",
              "del",
              "unlink",
              "expire",
              "incr",
              "hset",
              "hdel",
              "rpush",
              "lpush",
              "rpop",
              "lpop",
              "ltrim",
              "sadd",
              "srem",
              "spop",
              "zadd",
              "zrem",
              "zremrangebyrank",
              "xadd",
              "xtrim"),
          CommandKind.READ,
          Set.of(
              "get",
              "mget",
              "getrange",
              "exists",
              "ttl",
              "pttl",
              "hget",
              "hmget",
              "hgetall",
              "lrange",
              "llen",
              "smembers",
              "sismember",
              "scard",
              "zrange",
              "zscore",
              "zcard",
              "xrange",
              "xrevrange",
              "xlen"));

  public CommandKinds {
    byName = Map.copyOf(byName);
  }

  /** What is known without a server. */
  public static CommandKinds unasked() {
    Map<String, CommandKind> known = new HashMap<>();
    WITHOUT_ASKING.forEach((kind, names) -> names.forEach(name -> known.put(name, kind)));
    return new CommandKinds(known);
  }

  /** Asks the source, on a connection of its own; never fails. */
  public static CommandKinds ask(Endpoint source, Collection<String> names) {
    Map<String, CommandKind> found = new HashMap<>(unasked().byName());
    if (names.isEmpty()) {
      return new CommandKinds(found);
    }
    List<String> asked = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    String[] arguments = new String[asked.size() + 1];
    arguments[0] = "INFO";
    for (int i = 0; i < asked.size(); i++) {
      arguments[i + 1] = asked.get(i);
    }
    try (RedisConnection connection = RedisConnection.open(source)) {
      if (connection.call("COMMAND", arguments) instanceof Reply.Items items
          && items.list().size() == asked.size()) {
        for (int i = 0; i < asked.size(); i++) {
          String name = asked.get(i);
          kind(items.list().get(i)).ifPresent(kind -> found.put(name, kind));
        }
      }
    } catch (RedisFailure gone) {
      // The load's own end says so; what is known without the source stands.
    }
    return new CommandKinds(found);
  }

  /** The kind of an entry of {@code COMMAND INFO}; empty where the server knows no such command. */
  static Optional<CommandKind> kind(Reply entry) {
    if (!(entry instanceof Reply.Items parts)
        || parts.list().size() < 3
        || !(parts.list().get(2) instanceof Reply.Items flags)) {
      return Optional.empty();
    }
    boolean write = false;
    boolean read = false;
    for (Reply flag : flags.list()) {
      String word = flag instanceof Reply.Text text ? text.bytes().asUtf8() : "";
      write |= word.equals("write");
      read |= word.equals("readonly");
    }
    return Optional.of(write ? CommandKind.WRITE : read ? CommandKind.READ : CommandKind.OTHER);
  }

  /** The kind of a command; empty = not known. */
  public Optional<CommandKind> of(String name) {
    return Optional.ofNullable(byName.get(name.toLowerCase(Locale.ROOT)));
  }

  /**
   * The kind of what a load calls one command, and the source served by these names: theirs where
   * they agree, {@link CommandKind#OTHER} where they do not.
   */
  public Optional<CommandKind> of(String command, Collection<String> servedAs) {
    Set<Optional<CommandKind>> kinds = Set.copyOf(servedAs.stream().map(this::of).toList());
    return switch (kinds.size()) {
      case 0 -> of(command);
      case 1 -> kinds.iterator().next();
      default -> Optional.of(CommandKind.OTHER);
    };
  }
}
