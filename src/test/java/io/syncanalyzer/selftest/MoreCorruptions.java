package io.syncanalyzer.selftest;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.selftest.SelftestContent.Element;
import io.syncanalyzer.selftest.SelftestCorruption.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** What the tests inject beside what the self test's catalogue has, as data. */
final class MoreCorruptions {
  private static final Set<SelftestType> ANY = Set.of(SelftestType.values());

  /**
   * One of them.
   *
   * @param commands sent to the replica; {@code KEY} is the key, {@code AT} and {@code VALUE} are
   *     where its first element stands and what that is
   */
  private record More(Kind kind, Set<SelftestType> types, String what, List<String> commands) {}

  private static final List<More> ALL =
      List.of(
          more(Kind.TYPE, SelftestType.STRING, "short", "DEL KEY", "SADD KEY v"),
          new More(
              Kind.TYPE,
              Set.of(
                  SelftestType.HASH,
                  SelftestType.LIST,
                  SelftestType.SET,
                  SelftestType.ZSET,
                  SelftestType.STREAM),
              "short",
              List.of("DEL KEY", "SET KEY v")),
          new More(Kind.EXPIRY_ADDED, ANY, "two hours", List.of("PEXPIRE KEY 7200000")),
          new More(Kind.EXPIRY_CHANGED, ANY, "an hour more", List.of("PEXPIRE KEY 7200000")),
          more(Kind.VALUE, SelftestType.STRING, "first byte", "SETRANGE KEY 0 ~"),
          more(Kind.VALUE, SelftestType.HASH, "of another length", "HSET KEY AT other"),
          more(Kind.VALUE, SelftestType.HASH, "field renamed", "HSET KEY new v", "HDEL KEY AT"),
          more(Kind.VALUE, SelftestType.LIST, "of another length", "LSET KEY -1 other"),
          more(
              Kind.ORDER,
              SelftestType.LIST,
              "one more, rotated",
              "RPUSH KEY first-of-two",
              "LMOVE KEY KEY RIGHT LEFT"),
          more(Kind.ELEMENT_EXTRA, SelftestType.SET, "short", "SADD KEY other"),
          more(
              Kind.VALUE,
              SelftestType.SET,
              "of another length",
              "SADD KEY other",
              "SREM KEY VALUE"),
          more(Kind.SCORE, SelftestType.ZSET, "far", "ZADD KEY 17.25 VALUE"),
          more(Kind.SCORE, SelftestType.ZSET, "infinite", "ZADD KEY -inf VALUE"),
          more(Kind.ELEMENT_EXTRA, SelftestType.ZSET, "amidst", "ZADD KEY 1 other"),
          more(Kind.ELEMENT_EXTRA, SelftestType.STREAM, "far", "XADD KEY 99999-1 f v"),
          more(Kind.GROUP_LAST_ID, SelftestType.STREAM, "to none", "XGROUP SETID KEY g 0"),
          more(Kind.PENDING, SelftestType.STREAM, "a new owner", "XCLAIM KEY g c2 0 AT"),
          more(
              Kind.PENDING,
              SelftestType.STREAM,
              "claimed by its owner",
              "XCLAIM KEY g reader 0 AT RETRYCOUNT 9"));

  private MoreCorruptions() {}

  private static More more(Kind kind, SelftestType type, String what, String... commands) {
    return new More(kind, Set.of(type), what, List.of(commands));
  }

  /** All that can befall one key. */
  static List<SelftestCorruption> of(SelftestContent content, Bytes key) {
    return ALL.stream()
        .filter(more -> more.types().contains(content.type()))
        .map(
            more ->
                new SelftestCorruption(
                    more.kind(),
                    content.type(),
                    more.what(),
                    key,
                    content.make(key),
                    more.commands().stream()
                        .map(command -> write(command, content.get(0), key))
                        .toList()))
        .toList();
  }

  private static SelftestWrite write(String command, Element first, Bytes key) {
    List<String> words = Arrays.asList(command.split(" ", -1));
    return new SelftestWrite(
        words.get(0),
        words.stream()
            .skip(1)
            .map(
                word ->
                    switch (word) {
                      case "KEY" -> key;
                      case "AT" -> Bytes.utf8(first.at());
                      case "VALUE" -> Bytes.utf8(first.value());
                      default -> Bytes.utf8(word);
                    })
            .toList());
  }
}
