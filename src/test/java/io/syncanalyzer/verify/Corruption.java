package io.syncanalyzer.verify;

import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.result.verify.KeyVerdict;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/** The ways in which a replica is made to differ, and the verdict that each must get. */
@SuppressWarnings("ImmutableEnumChecker") // The actions are lambdas that hold nothing.
enum Corruption {
  MISSING(KeyVerdict.MISSING_ON_REPLICA, "", (r, key) -> r.expect("DEL", key)),
  EXTRA(KeyVerdict.EXTRA_ON_REPLICA, "", Corruption::addOfItsType),
  OTHER_TYPE(KeyVerdict.TYPE_DIFFERS, "", Corruption::replace),
  EXPIRY_ADDED(KeyVerdict.TTL_DIFFERS, "", (r, key) -> r.expect("PEXPIRE", key, "7200000")),
  EXPIRY_MOVED(KeyVerdict.TTL_DIFFERS, "", (r, key) -> r.expect("PEXPIRE", key, "7200000")),
  EXPIRY_LOST(KeyVerdict.TTL_DIFFERS, "", (r, key) -> r.expect("PERSIST", key)),
  STRING_APPENDED("string", (r, key) -> r.expect("APPEND", key, "x")),
  STRING_BYTE_CHANGED("string", (r, key) -> r.expect("SETRANGE", key, "0", "~")),
  HASH_VALUE_CHANGED("hash", (r, key) -> r.expect("HSET", key, "f0", "other")),
  HASH_FIELD_ADDED("hash", (r, key) -> r.expect("HSET", key, "new", "v")),
  HASH_FIELD_RENAMED(
      "hash",
      (r, key) -> {
        r.expect("HSET", key, "new", "v");
        r.expect("HDEL", key, "f0");
      }),
  LIST_APPENDED("list", (r, key) -> r.expect("RPUSH", key, "v")),
  LIST_ELEMENT_CHANGED("list", (r, key) -> r.expect("LSET", key, "-1", "other")),
  LIST_ROTATED(
      "list",
      (r, key) -> {
        r.expect("RPUSH", key, "first of two");
        r.expect("LMOVE", key, key, "RIGHT", "LEFT");
      }),
  SET_MEMBER_ADDED("set", (r, key) -> r.expect("SADD", key, "other")),
  SET_MEMBER_EXCHANGED(
      "set",
      (r, key) -> {
        r.expect("SADD", key, "other");
        r.expect("SREM", key, "0", "m0");
      }),
  ZSET_SCORE_CHANGED("zset", (r, key) -> r.expect("ZADD", key, "17.25", "m0")),
  ZSET_SCORE_INFINITE("zset", (r, key) -> r.expect("ZADD", key, "-inf", "m0")),
  ZSET_MEMBER_ADDED("zset", (r, key) -> r.expect("ZADD", key, "1", "other")),
  STREAM_ENTRY_ADDED("stream", (r, key) -> r.expect("XADD", key, "99999-1", "f", "v")),
  STREAM_ENTRY_DELETED("stream", (r, key) -> r.expect("XDEL", key, "1-1")),
  STREAM_LAST_ID("stream", (r, key) -> r.expect("XSETID", key, "99999-1")),
  STREAM_ACKNOWLEDGED("stream", (r, key) -> r.expect("XACK", key, "g", "1-1")),
  STREAM_GROUP_ADDED("stream", (r, key) -> r.expect("XGROUP", "CREATE", key, "g2", "0")),
  STREAM_GROUP_MOVED("stream", (r, key) -> r.expect("XGROUP", "SETID", key, "g", "0")),
  STREAM_CONSUMER_ADDED("stream", (r, key) -> r.expect("XGROUP", "CREATECONSUMER", key, "g", "c2")),
  STREAM_OWNER_CHANGED("stream", (r, key) -> r.expect("XCLAIM", key, "g", "c2", "0", "1-1")),
  STREAM_DELIVERED_MORE_OFTEN(
      "stream", (r, key) -> r.expect("XCLAIM", key, "g", "c", "0", "1-1", "RETRYCOUNT", "9"));

  static final List<String> TYPES = List.of("string", "hash", "list", "set", "zset", "stream");

  private final KeyVerdict verdict;
  private final String type;
  private final BiConsumer<RedisConnection, String> action;

  Corruption(String type, BiConsumer<RedisConnection, String> action) {
    this(KeyVerdict.VALUE_DIFFERS, type, action);
  }

  Corruption(KeyVerdict verdict, String type, BiConsumer<RedisConnection, String> action) {
    this.verdict = verdict;
    this.type = type;
    this.action = action;
  }

  /** What was done to a key, and what must be said of it. */
  record Injected(Corruption kind, String type, String key) {
    KeyVerdict verdict() {
      return kind.verdict;
    }
  }

  /** Those that a key can suffer. */
  static List<Corruption> of(String type, boolean expires) {
    return Arrays.stream(values())
        .filter(kind -> kind.type.isEmpty() || kind.type.equals(type))
        .filter(kind -> expires || (kind != EXPIRY_MOVED && kind != EXPIRY_LOST))
        .filter(kind -> !expires || kind != EXPIRY_ADDED)
        .toList();
  }

  /** Does it to a key of the replica. */
  Injected inject(RedisConnection replica, String type, String key) {
    String which = this == EXTRA ? "extra-" + type + "-" + key : key;
    action.accept(replica, which);
    return new Injected(this, type, which);
  }

  private static void addOfItsType(RedisConnection replica, String key) {
    switch (key.split("-", -1)[1]) {
      case "string" -> replica.expect("SET", key, "v");
      case "hash" -> replica.expect("HSET", key, "f", "v");
      case "list" -> replica.expect("RPUSH", key, "v");
      case "set" -> replica.expect("SADD", key, "v");
      case "zset" -> replica.expect("ZADD", key, "1", "v");
      default -> replica.expect("XADD", key, "1-1", "f", "v");
    }
  }

  private static void replace(RedisConnection replica, String key) {
    boolean wasString =
        replica.expect("TYPE", key) instanceof io.syncanalyzer.redis.Reply.Text text
            && text.bytes().asUtf8().equals("string");
    replica.expect("DEL", key);
    if (wasString) {
      replica.expect("SADD", key, "v");
    } else {
      replica.expect("SET", key, "v");
    }
  }
}
