package io.syncanalyzer.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.EmbeddedServer;
import io.syncanalyzer.embedded.ServerBinary;
import io.syncanalyzer.fence.FenceMode;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.verify.attempt.VerifyRequest;
import io.syncanalyzer.verify.settle.SettleSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * As {@link EqualHistoriesIT}, of what plain elements do not show: HyperLogLogs, bitmaps,
 * positions, what a stream knows of itself and of its readers, and fields that expire.
 */
class EqualSpecialsIT {
  private static final int ROUNDS = 10;

  @TempDir private Path folder;

  static Stream<Arguments> pairs() {
    return EqualHistoriesIT.pairs();
  }

  /** Changes one thing of a key that was equal; its name begins with that of what it is done to. */
  private record Change(String name, boolean possible, List<String> command) {}

  private static Change change(String name, boolean possible, String... command) {
    return new Change(name, possible, List.of(command));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void equalOfOtherHistoriesIsEqualAndEachSingleChangeIsFound(
      ServerBinary first, ServerBinary second) {
    long seed = Long.getLong("seed", System.nanoTime());
    System.err.println("seed " + seed + " (repeat with -Dseed=" + seed + ")");
    Random random = new Random(seed);
    try (EmbeddedServer one = EmbeddedServer.start(first, 0, List.of());
        EmbeddedServer other = EmbeddedServer.start(second, 0, List.of());
        RedisConnection a = RedisConnection.open(one.endpoint(Side.SOURCE));
        RedisConnection b = RedisConnection.open(other.endpoint(Side.REPLICA))) {
      // Other layouts of the same values.
      b.expect("CONFIG", "SET", "stream-node-max-entries", "3");
      b.expect("CONFIG", "SET", "zset-max-ziplist-entries", "4");
      b.expect("CONFIG", "SET", "hash-max-ziplist-entries", "4");
      b.expect("CONFIG", "SET", "hll-sparse-max-bytes", "3000");
      List<Change> changes = changes(a, b);
      for (int i = 0; i < ROUNDS; i++) {
        for (Change change : changes) {
          build(a, b, change.name() + "-" + i, random);
        }
      }
      VerifyRequest request = request(a.endpoint(), b.endpoint());
      VerifySummary equal = VerifiedPair.verify(request);
      assertThat(VerifiedPair.mismatches(equal)).isEmpty();
      assertThat(equal.keys(KeyVerdict.EQUAL)).isEqualTo((long) ROUNDS * changes.size());

      Map<String, KeyVerdict> wanted = new TreeMap<>();
      for (int i = 0; i < ROUNDS; i++) {
        for (Change change : changes) {
          if (change.possible()) {
            apply(b, change, change.name() + "-" + i);
            wanted.put(change.name() + "-" + i, KeyVerdict.VALUE_DIFFERS);
          }
        }
      }
      Map<String, KeyVerdict> found = new TreeMap<>();
      VerifiedPair.mismatches(VerifiedPair.verify(request))
          .forEach(m -> found.put(m.key().asUtf8(), m.verdict()));
      assertThat(found).isEqualTo(wanted);
    }
  }

  private VerifyRequest request(Endpoint a, Endpoint b) {
    return VerifyRequest.of(a, b, "it", folder)
        .with(SettleSettings.DEFAULT.withFence(FenceMode.NONE));
  }

  private static List<Change> changes(RedisConnection a, RedisConnection b) {
    boolean streamFacts = knows(a, "PEXPIRETIME") && knows(b, "PEXPIRETIME"); // Both since 7.0.
    boolean fieldExpiry = knows(b, "HPEXPIRE");
    return List.of(
        change("hll", true, "PFADD", "KEY", "x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8"),
        change("bitmap", true, "SETBIT", "KEY", "70001", "1"),
        change("geo", true, "GEOADD", "KEY", "XX", "13.3611", "38.1155", "place1"),
        change("stream-last-id", true, "XSETID", "KEY", "9999-9"),
        change(
            "stream-added",
            streamFacts,
            "XSETID",
            "KEY",
            "500-2",
            "ENTRIESADDED",
            "999",
            "MAXDELETEDID",
            "500-1"),
        change(
            "stream-max-deleted",
            streamFacts,
            "XSETID",
            "KEY",
            "500-2",
            "ENTRIESADDED",
            "62",
            "MAXDELETEDID",
            "400-1"),
        change("stream-group-name", true, "XGROUP", "CREATE", "KEY", "g9", "0"),
        change("stream-group-gone", true, "XGROUP", "DESTROY", "KEY", "h"),
        change("stream-group-position", true, "XGROUP", "SETID", "KEY", "g", "1-1"),
        change("stream-consumer-new", true, "XGROUP", "CREATECONSUMER", "KEY", "g", "c9"),
        change("stream-consumer-gone", true, "XGROUP", "DELCONSUMER", "KEY", "g", "idle"),
        change("stream-pending-gone", true, "XACK", "KEY", "g", "2-1"),
        change(
            "stream-pending-owner", true, "XCLAIM", "KEY", "g", "d", "0", "2-1", "RETRYCOUNT", "1"),
        change(
            "stream-pending-count", true, "XCLAIM", "KEY", "g", "c", "0", "2-1", "RETRYCOUNT", "5"),
        change("stream-entry", true, "XDEL", "KEY", "9-1"),
        change("field-expires", fieldExpiry, "HPEXPIRE", "KEY", "600000", "FIELDS", "1", "f2"),
        change(
            "field-persists",
            fieldExpiry && knows(a, "HPEXPIRE"),
            "HPERSIST",
            "KEY",
            "FIELDS",
            "1",
            "f1"));
  }

  private static boolean knows(RedisConnection server, String command) {
    return server.expect("COMMAND", "INFO", command) instanceof Reply.Items items
        && items.list().get(0) instanceof Reply.Items known
        && !known.list().isEmpty();
  }

  private static void apply(RedisConnection to, Change change, String key) {
    List<String> command = new ArrayList<>(change.command());
    Collections.replaceAll(command, "KEY", key);
    to.expect(command.get(0), command.subList(1, command.size()).toArray(String[]::new));
  }

  private static void build(RedisConnection a, RedisConnection b, String key, Random random) {
    switch (key.split("-", -1)[0]) {
      case "hll" -> hll(a, b, key, random);
      case "bitmap" -> bitmap(a, b, key, random);
      case "geo" -> geo(a, b, key, random);
      case "stream" -> {
        stream(a, key, List.of("c", "d", "idle"));
        stream(b, key, List.of("idle", "d", "c"));
      }
      default -> fields(a, b, key, random);
    }
  }

  /** Dense on both sides, as sparse ones keep traces of the order. */
  private static void hll(RedisConnection a, RedisConnection b, String key, Random random) {
    List<String> elements = numbers("e", 3000);
    for (RedisConnection side : List.of(a, b)) {
      for (int from = 0; from < elements.size(); from += 500) {
        List<String> part = new ArrayList<>(elements.subList(from, from + 500));
        part.add(0, key);
        side.expect("PFADD", part.toArray(String[]::new));
      }
      side.expect("PFCOUNT", key);
      Collections.shuffle(elements, random);
    }
  }

  private static void bitmap(RedisConnection a, RedisConnection b, String key, Random random) {
    List<String> bits = numbers("", 60);
    for (String bit : bits) {
      a.expect("SETBIT", key, bit + "000", "1");
    }
    Collections.shuffle(bits, random);
    b.expect("SETBIT", key, "80000", "1");
    for (String bit : bits) {
      b.expect("SETBIT", key, bit + "000", "1");
    }
    b.expect("SETBIT", key, "80000", "0");
    // It stays as long as it was, which is a part of the value.
    a.expect("SETBIT", key, "80000", "0");
  }

  private static void geo(RedisConnection a, RedisConnection b, String key, Random random) {
    List<String> places = numbers("place", 20);
    for (RedisConnection side : List.of(a, b)) {
      for (String place : places) {
        double at = Math.abs(place.hashCode() % 8000) / 100.0;
        side.expect("GEOADD", key, Double.toString(at), Double.toString(at), place);
      }
      Collections.shuffle(places, random);
    }
  }

  /** Groups and readers in another order; what was read, by whom and how often, is the same. */
  private static void stream(RedisConnection side, String key, List<String> consumers) {
    for (int i = 1; i <= 60; i++) {
      side.expect("XADD", key, i + "-1", "f", "v" + i);
    }
    side.expect("XADD", key, "500-1", "f", "v");
    side.expect("XADD", key, "500-2", "f", "v");
    side.expect("XDEL", key, "500-1");
    List<String> groups = consumers.get(0).equals("c") ? List.of("g", "h") : List.of("h", "g");
    for (String group : groups) {
      side.expect("XGROUP", "CREATE", key, group, "0");
    }
    for (String consumer : consumers) {
      side.expect("XGROUP", "CREATECONSUMER", key, "g", consumer);
    }
    read(side, key, "c", 3);
    read(side, key, "d", 2);
  }

  private static void read(RedisConnection side, String key, String consumer, int count) {
    side.expect(
        "XREADGROUP",
        "GROUP",
        "g",
        consumer,
        "COUNT",
        Integer.toString(count),
        "STREAMS",
        key,
        ">");
  }

  private static void fields(RedisConnection a, RedisConnection b, String key, Random random) {
    List<String> fields = numbers("f", 2 + random.nextInt(1500));
    fields.add("f0");
    long at = System.currentTimeMillis() + 3_600_000;
    for (RedisConnection side : List.of(a, b)) {
      for (String field : fields) {
        side.expect("HSET", key, field, "v" + field);
      }
      if (knows(a, "HPEXPIRE") && knows(b, "HPEXPIRE")) {
        side.expect("HPEXPIREAT", key, Long.toString(at), "FIELDS", "2", "f0", "f1");
      }
      Collections.shuffle(fields, random);
    }
  }

  /** So many names, from 1 on. */
  private static List<String> numbers(String prefix, int count) {
    List<String> all = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      all.add(prefix + i);
    }
    return all;
  }
}
