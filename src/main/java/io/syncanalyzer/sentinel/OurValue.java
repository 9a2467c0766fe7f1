package io.syncanalyzer.sentinel;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.redis.wire.RedisConnection.Command;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * The value of a key that holds one content of ours and nothing else, as {@link SentinelCommand}
 * writes it.
 *
 * @param type how it is held
 * @param score of a sorted set's member
 * @param content which contents are ours
 */
record OurValue(SentinelType type, long score, Predicate<Bytes> content) {
  private static final Command GETRANGE = Command.of("GETRANGE");
  private static final Command HLEN = Command.of("HLEN");
  private static final Command HGET = Command.of("HGET");
  private static final Command LRANGE = Command.of("LRANGE");
  private static final Command SRANDMEMBER = Command.of("SRANDMEMBER");
  private static final Command ZRANGE = Command.of("ZRANGE");
  private static final Command XRANGE = Command.of("XRANGE");
  private static final byte[] ZERO = ascii("0");
  private static final byte[] ONE = ascii("1");
  private static final byte[] TWO = ascii("2");
  private static final byte[] BEGIN = ascii("511");

  /** Sends what tells: at most two elements are asked for, since one alone can be ours. */
  void ask(RedisConnection connection, Bytes key) {
    byte[] name = key.array();
    switch (type) {
      case STRING -> connection.send(GETRANGE, name, ZERO, BEGIN);
      case HASH -> {
        connection.send(HLEN, name);
        connection.send(HGET, name, ascii(SentinelCommand.FIELD));
      }
      case LIST -> connection.send(LRANGE, name, ZERO, ONE);
      case SET -> connection.send(SRANDMEMBER, name, TWO);
      case ZSET -> connection.send(ZRANGE, name, ZERO, ONE, ascii("WITHSCORES"));
      case STREAM -> connection.send(XRANGE, name, ascii("-"), ascii("+"), ascii("COUNT"), TWO);
    }
  }

  /** Reads the answers; what is longer than {@code longest} comes as nil. */
  List<Reply> receive(RedisConnection connection, int longest) {
    List<Reply> answers = new ArrayList<>(2);
    answers.add(connection.receive(longest));
    if (type == SentinelType.HASH) {
      answers.add(connection.receive(longest));
    }
    return answers;
  }

  /**
   * Whether the answers are those of a value of ours.
   *
   * @param refused what it means that a command got an error
   * @throws io.syncanalyzer.redis.RedisFailure if one is a refusal, other than of a value of
   *     another type
   */
  boolean isOurs(List<Reply> answers, BiFunction<String, Reply.Failed, RedisFailure> refused) {
    for (Reply answer : answers) {
      if (answer instanceof Reply.Failed failed) {
        if (failed.code().equals("WRONGTYPE")) {
          return false;
        }
        throw refused.apply(command().name().asUtf8(), failed);
      }
    }
    Reply first = answers.get(0);
    return switch (type) {
      case STRING -> isContent(first);
      case HASH -> first instanceof Reply.Int one && one.value() == 1 && isContent(answers.get(1));
      case LIST, SET -> elements(first).size() == 1 && isContent(elements(first).get(0));
      case ZSET ->
          elements(first).size() == 2
              && isContent(elements(first).get(0))
              && isScore(elements(first).get(1));
      case STREAM -> {
        List<Reply> entries = elements(first);
        List<Reply> entry = entries.size() == 1 ? elements(entries.get(0)) : List.of();
        List<Reply> fields = entry.size() == 2 ? elements(entry.get(1)) : List.of();
        yield fields.size() == 2
            && fields.get(0) instanceof Reply.Text field
            && field.bytes().equals(Bytes.utf8(SentinelCommand.FIELD))
            && isContent(fields.get(1));
      }
    };
  }

  private Command command() {
    return switch (type) {
      case STRING -> GETRANGE;
      case HASH -> HGET;
      case LIST -> LRANGE;
      case SET -> SRANDMEMBER;
      case ZSET -> ZRANGE;
      case STREAM -> XRANGE;
    };
  }

  private boolean isContent(Reply reply) {
    return reply instanceof Reply.Text text && content.test(text.bytes());
  }

  private boolean isScore(Reply reply) {
    if (!(reply instanceof Reply.Text text)) {
      return false;
    }
    try {
      return Double.parseDouble(text.bytes().asUtf8()) == score;
    } catch (NumberFormatException noScore) {
      return false;
    }
  }

  private static List<Reply> elements(Reply reply) {
    return reply instanceof Reply.Items items ? items.list() : List.of();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
