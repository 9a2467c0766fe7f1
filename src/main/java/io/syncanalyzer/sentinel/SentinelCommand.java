package io.syncanalyzer.sentinel;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.wire.RedisConnection.Command;
import java.nio.charset.StandardCharsets;

/** How a sentinel of each type is written: one command, one element, no expiry. */
public final class SentinelCommand {
  /** The one field of a hash and of a stream's entry. */
  static final String FIELD = "sentinel";

  private static final byte[] FIELD_BYTES = Bytes.utf8(FIELD).array();
  private static final byte[] ANY_ID = Bytes.utf8("*").array();

  private final Command command;
  private final SentinelType type;

  private SentinelCommand(Command command, SentinelType type) {
    this.command = command;
    this.type = type;
  }

  /** The command of a type. */
  public static SentinelCommand of(SentinelType type) {
    return new SentinelCommand(
        Command.of(
            switch (type) {
              case STRING -> "SET";
              case HASH -> "HSET";
              case LIST -> "RPUSH";
              case SET -> "SADD";
              case ZSET -> "ZADD";
              case STREAM -> "XADD";
            }),
        type);
  }

  /** The command's name. */
  public Command command() {
    return command;
  }

  /** Its arguments; the sequence is the score of a sorted set's member. */
  public byte[][] arguments(byte[] key, byte[] content, long sequence) {
    return switch (type) {
      case STRING, LIST, SET -> new byte[][] {key, content};
      case HASH -> new byte[][] {key, FIELD_BYTES, content};
      case ZSET ->
          new byte[][] {key, Long.toString(sequence).getBytes(StandardCharsets.US_ASCII), content};
      case STREAM -> new byte[][] {key, ANY_ID, FIELD_BYTES, content};
    };
  }
}
