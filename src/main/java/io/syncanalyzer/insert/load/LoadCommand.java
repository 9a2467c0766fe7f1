package io.syncanalyzer.insert.load;

import io.syncanalyzer.redis.wire.RedisConnection.Command;
import io.syncanalyzer.result.load.CommandKind;
import io.syncanalyzer.sentinel.SentinelType;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The commands of the JMH engine's load. */
public enum LoadCommand {
  SET,
  GET,
  HSET,
  HGET,
  LPUSH,
  /** Keeps lists from growing without end. */
  LTRIM,
  LRANGE,
  SADD,
  SISMEMBER,
  ZADD,
  ZSCORE,
  XADD,
  XREVRANGE;

  private static final Map<LoadCommand, Command> ENCODED =
      Arrays.stream(values())
          .collect(
              Collectors.toMap(
                  command -> command,
                  command -> Command.of(command.name()),
                  (one, same) -> one,
                  () -> new EnumMap<>(LoadCommand.class)));

  /** As it is sent. */
  Command command() {
    return Objects.requireNonNull(ENCODED.get(this));
  }

  /** Whether it changes data; the others only look. */
  boolean writes() {
    return switch (this) {
      case SET, HSET, LPUSH, LTRIM, SADD, ZADD, XADD -> true;
      case GET, HGET, LRANGE, SISMEMBER, ZSCORE, XREVRANGE -> false;
    };
  }

  /** As its row has it. */
  CommandKind kind() {
    return writes() ? CommandKind.WRITE : CommandKind.READ;
  }

  static LoadCommand writing(SentinelType type) {
    return switch (type) {
      case STRING -> SET;
      case HASH -> HSET;
      case LIST -> LPUSH;
      case SET -> SADD;
      case ZSET -> ZADD;
      case STREAM -> XADD;
    };
  }

  static LoadCommand reading(SentinelType type) {
    return switch (type) {
      case STRING -> GET;
      case HASH -> HGET;
      case LIST -> LRANGE;
      case SET -> SISMEMBER;
      case ZSET -> ZSCORE;
      case STREAM -> XREVRANGE;
    };
  }

  /** All that a load of these types can send. */
  public static Set<LoadCommand> of(List<SentinelType> types, double readShare) {
    Set<LoadCommand> commands = EnumSet.noneOf(LoadCommand.class);
    for (SentinelType type : types) {
      if (readShare < 1) {
        commands.add(writing(type));
        if (type == SentinelType.LIST) {
          commands.add(LTRIM);
        }
      }
      if (readShare > 0) {
        commands.add(reading(type));
      }
    }
    return commands;
  }
}
