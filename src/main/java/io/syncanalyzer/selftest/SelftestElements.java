package io.syncanalyzer.selftest;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.selftest.SelftestContent.Element;
import java.util.ArrayList;
import java.util.List;

/** The commands that change, remove or add one element of a key. */
final class SelftestElements {
  private SelftestElements() {}

  /** Gives the element at {@code i} another value. */
  static List<SelftestWrite> changing(SelftestContent content, Bytes key, int i) {
    Element old = content.get(i);
    Element changed = old.changed();
    String value = changed.value();
    return switch (content.type()) {
      case STRING -> {
        String last = value.substring(value.length() - 1);
        String offset = Integer.toString(content.lastByte(i));
        yield List.of(SelftestWrite.of("SETRANGE", key, offset, last));
      }
      case HASH -> List.of(SelftestWrite.of("HSET", key, old.at(), value));
      case LIST -> List.of(SelftestWrite.of("LSET", key, Integer.toString(i), value));
      case SET ->
          List.of(SelftestWrite.of("SREM", key, old.value()), SelftestWrite.of("SADD", key, value));
      case ZSET ->
          List.of(
              SelftestWrite.of("ZREM", key, old.value()),
              SelftestWrite.of("ZADD", key, old.at(), value));
      case STREAM -> {
        // An entry is never changed in place, and none is added before another: made anew.
        List<SelftestWrite> remade = new ArrayList<>();
        remade.add(SelftestWrite.of("DEL", key));
        remade.addAll(content.with(i, changed).make(key));
        yield remade;
      }
    };
  }

  /** Removes the element at {@code i}; of a string, the last byte of that part. */
  static SelftestWrite removing(SelftestContent content, Bytes key, int i) {
    Element old = content.get(i);
    return switch (content.type()) {
      case STRING -> {
        String whole = content.text();
        int last = content.lastByte(i);
        yield SelftestWrite.of("SET", key, whole.substring(0, last) + whole.substring(last + 1));
      }
      case HASH -> SelftestWrite.of("HDEL", key, old.at());
      case LIST -> SelftestWrite.of("LREM", key, "1", old.value());
      case SET -> SelftestWrite.of("SREM", key, old.value());
      case ZSET -> SelftestWrite.of("ZREM", key, old.value());
      case STREAM -> SelftestWrite.of("XDEL", key, old.at());
    };
  }

  /** Adds an element after the last. */
  static SelftestWrite adding(SelftestContent content, Bytes key) {
    Element next = content.next();
    return switch (content.type()) {
      case STRING -> SelftestWrite.of("APPEND", key, "x");
      case HASH -> SelftestWrite.of("HSET", key, next.at(), next.value());
      case LIST -> SelftestWrite.of("RPUSH", key, next.value());
      case SET -> SelftestWrite.of("SADD", key, next.value());
      case ZSET -> SelftestWrite.of("ZADD", key, next.at(), next.value());
      case STREAM -> SelftestWrite.of("XADD", key, next.at(), "f", next.value());
    };
  }
}
