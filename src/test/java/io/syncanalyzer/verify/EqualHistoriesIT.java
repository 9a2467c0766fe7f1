package io.syncanalyzer.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.EmbeddedServer;
import io.syncanalyzer.embedded.ServerBinary;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.fence.FenceMode;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.redis.wire.RedisConnection.Command;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.result.verify.Mismatch;
import io.syncanalyzer.time.NanoClock;
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
 * Builds the same values on two servers that know nothing of each other, in other orders, by way of
 * other encodings and on other versions, and asks that no difference is found; then changes each in
 * one place, and asks that each is.
 */
class EqualHistoriesIT {
  private static final int ROUNDS = 60;

  @TempDir private Path folder;

  static Stream<Arguments> pairs() {
    List<ServerBinary> all = TestServers.all().toList();
    return Stream.concat(
        Stream.of(Arguments.of(all.get(1), all.get(1))),
        all.stream()
            .flatMap(a -> all.stream().filter(b -> !b.equals(a)).map(b -> Arguments.of(a, b))));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void equalValuesOfOtherHistoriesAreEqualAndOneChangeIsFound(
      ServerBinary first, ServerBinary second) {
    long seed = Long.getLong("seed", System.nanoTime());
    System.err.println("seed " + seed + " (repeat with -Dseed=" + seed + ")");
    Random random = new Random(seed);
    try (EmbeddedServer one = EmbeddedServer.start(first, 0, List.of());
        EmbeddedServer other = EmbeddedServer.start(second, 0, List.of());
        RedisConnection a = RedisConnection.open(one.endpoint(Side.SOURCE));
        RedisConnection b = RedisConnection.open(other.endpoint(Side.REPLICA))) {
      for (int i = 0; i < ROUNDS; i++) {
        build(a, b, random, i);
      }
      VerifyRequest request =
          VerifyRequest.of(a.endpoint(), b.endpoint(), "it", folder)
              .with(SettleSettings.DEFAULT.withFence(FenceMode.NONE));
      VerifySummary equal = new VerifyPhase(told -> {}, NanoClock.SYSTEM).run(request);
      List<Mismatch> found = new ArrayList<>();
      equal.mismatches().forEach(found::add);
      assertThat(found).isEmpty();
      assertThat(equal.keys(KeyVerdict.EQUAL)).isEqualTo(ROUNDS * 6L);

      Map<String, KeyVerdict> wanted = new TreeMap<>();
      for (int i = 0; i < ROUNDS; i++) {
        change(b, random, i);
        for (String type : List.of("string", "hash", "list", "set", "zset", "stream")) {
          wanted.put(type + i, KeyVerdict.VALUE_DIFFERS);
        }
      }
      VerifySummary changed = new VerifyPhase(told -> {}, NanoClock.SYSTEM).run(request);
      Map<String, KeyVerdict> verdicts = new TreeMap<>();
      changed.mismatches().forEach(m -> verdicts.put(m.key().asUtf8(), m.verdict()));
      assertThat(verdicts).isEqualTo(wanted);
    }
  }

  private static void build(RedisConnection a, RedisConnection b, Random random, int i) {
    int size = 2 + random.nextInt(i % 10 == 0 ? 3000 : 150);
    List<byte[]> elements = new ArrayList<>();
    for (int e = 0; e < size; e++) {
      byte[] element = new byte[1 + random.nextInt(i % 7 == 0 ? 200 : 20)];
      random.nextBytes(element);
      element[0] = (byte) e;
      elements.add(concat(Integer.toString(e), element));
    }
    List<byte[]> shuffled = new ArrayList<>(elements);
    Collections.shuffle(shuffled, random);
    byte[] value = new byte[random.nextInt(5000)];
    random.nextBytes(value);
    run(a, "SET", "string" + i, value);
    run(b, "SET", "string" + i, Bytes.EMPTY.array());
    run(b, "APPEND", "string" + i, value);
    byte[] big = new byte[3000];
    collection(a, "HSET", "hash" + i, elements, true);
    run(b, "HSET", "hash" + i, big, big);
    collection(b, "HSET", "hash" + i, shuffled, true);
    run(b, "HDEL", "hash" + i, big);
    collection(a, "SADD", "set" + i, elements, false);
    run(b, "SADD", "set" + i, big);
    collection(b, "SADD", "set" + i, shuffled, false);
    run(b, "SREM", "set" + i, big);
    collection(a, "RPUSH", "list" + i, elements, false);
    run(b, "LPUSH", "list" + i, big);
    collection(b, "RPUSH", "list" + i, elements, false);
    run(b, "LPOP", "list" + i);
    for (int e = 0; e < size; e++) {
      run(a, "ZADD", "zset" + i, score(elements.get(e)), elements.get(e));
    }
    run(b, "ZADD", "zset" + i, "1".getBytes(java.nio.charset.StandardCharsets.US_ASCII), big);
    for (int e = 0; e < size; e++) {
      run(b, "ZADD", "zset" + i, score(shuffled.get(e)), shuffled.get(e));
    }
    run(b, "ZREM", "zset" + i, big);
    for (RedisConnection side : List.of(a, b)) {
      for (int e = 0; e < 3 + size % 120; e++) {
        run(
            side,
            "XADD",
            "stream" + i,
            text(e / 3 + "-" + (1 + e % 3)),
            text("field"),
            elements.get(e % size));
      }
      run(side, "XGROUP", "CREATE", text("stream" + i), text("g"), text("0"));
      run(
          side,
          "XREADGROUP",
          "GROUP",
          text("g"),
          text("c"),
          text("COUNT"),
          text("2"),
          text("STREAMS"),
          text("stream" + i),
          text(">"));
    }
  }

  private static void change(RedisConnection b, Random random, int i) {
    run(b, "SETBIT", "string" + i, text("100001"), text("1"));
    Reply field = b.call("HRANDFIELD", "hash" + i);
    run(b, "HSET", "hash" + i, ((Reply.Text) field).bytes().array(), text("changed"));
    long length = ((Reply.Int) b.expect("LLEN", "list" + i)).value();
    run(b, "LSET", "list" + i, text(Integer.toString(random.nextInt((int) length))), text("x"));
    run(b, "SREM", "set" + i, ((Reply.Text) b.expect("SRANDMEMBER", "set" + i)).bytes().array());
    run(b, "SADD", "set" + i, text("in its place"));
    Reply member = ((Reply.Items) b.expect("ZRANGE", "zset" + i, "0", "0")).list().get(0);
    run(b, "ZADD", "zset" + i, text("12345.678"), ((Reply.Text) member).bytes().array());
    switch (random.nextInt(3)) {
      case 0 -> run(b, "XDEL", "stream" + i, text("0-2"));
      case 1 -> run(b, "XACK", "stream" + i, text("g"), text("0-1"));
      default -> run(b, "XGROUP", "SETID", text("stream" + i), text("g"), text("0-3"));
    }
  }

  private static byte[] score(byte[] element) {
    int hash = java.util.Arrays.hashCode(element);
    return text(
        switch (hash & 15) {
          case 0 -> "inf";
          case 1 -> "-inf";
          case 2 -> "-0";
          default -> Double.toString(hash / 1000.0);
        });
  }

  private static byte[] text(String text) {
    return Bytes.utf8(text).array();
  }

  private static byte[] concat(String head, byte[] tail) {
    byte[] all = java.util.Arrays.copyOf(text(head), head.length() + tail.length);
    System.arraycopy(tail, 0, all, head.length(), tail.length);
    return all;
  }

  private static void collection(
      RedisConnection to, String command, String key, List<byte[]> elements, boolean pairs) {
    for (byte[] element : elements) {
      if (pairs) {
        run(to, command, key, element, element);
      } else {
        run(to, command, key, element);
      }
    }
  }

  private static void run(RedisConnection to, String command, String key, byte[]... arguments) {
    byte[][] all = new byte[arguments.length + 1][];
    all[0] = text(key);
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    Reply reply = to.call(Command.of(command), all);
    if (reply instanceof Reply.Failed failed) {
      throw new AssertionError(command + " " + key + ": " + failed.message());
    }
  }
}
