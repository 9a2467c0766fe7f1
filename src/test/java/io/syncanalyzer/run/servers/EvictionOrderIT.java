package io.syncanalyzer.run.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.cli.AnalyzerCli;
import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.embedded.ServerBinary;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.redis.wire.RedisConnection.Command;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A verification leaves what is evicted next as it was, or says that it does not. */
class EvictionOrderIT {
  @TempDir Path folder;
  private String said = "";

  static Stream<ServerBinary> servers() {
    return TestServers.all();
  }

  @ParameterizedTest
  @MethodSource("servers")
  void idleTimesStayOrItIsSaidThatTheyDoNot(ServerBinary binary) throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(binary)) {
      boolean untouched = set(pair, "allkeys-lru");
      fill(pair, "IDLETIME", "1000");
      assertThat(verify(pair)).isEqualTo(1);
      if (untouched) {
        assertThat(said).doesNotContain("evicts by use");
        for (Endpoint side : List.of(pair.source(), pair.replica())) {
          for (String key : List.of("string", "hash", "list", "set", "zset", "stream", "long")) {
            assertThat(number(side, "IDLETIME", key))
                .as("%s %s", side, key)
                .isGreaterThanOrEqualTo(1000);
          }
        }
      } else {
        assertThat(said)
            .contains("source redis://" + pair.source().address() + " evicts by use")
            .contains("replica redis://" + pair.replica().address() + " evicts by use")
            .contains("allkeys-lru", "Redis 7.2");
        assertThat(Files.readString(folder.resolve("r1/run.json"))).contains("evicts by use");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("servers")
  void frequenciesStayOrItIsSaidThatTheyDoNot(ServerBinary binary) throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(binary)) {
      boolean untouched = set(pair, "volatile-lfu");
      fill(pair, "FREQ", "3");
      assertThat(verify(pair)).isEqualTo(1);
      if (untouched) {
        for (Endpoint side : List.of(pair.source(), pair.replica())) {
          for (String key : List.of("string", "hash", "list", "set", "zset", "stream", "long")) {
            assertThat(number(side, "FREQ", key)).as("%s %s", side, key).isEqualTo(3);
          }
        }
      } else {
        assertThat(said).contains("evicts by use", "volatile-lfu");
      }
    }
  }

  @Test
  void whoEvictsNothingOrAtRandomIsNotWarnedOf() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      for (String policy : List.of("noeviction", "allkeys-random", "volatile-ttl")) {
        set(pair, policy);
        assertThat(EvictionOrder.warnings(List.of(pair.source()))).as(policy).isEmpty();
      }
    }
  }

  private int verify(EmbeddedPair pair) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream to = new PrintStream(out, true, StandardCharsets.UTF_8);
    int status =
        AnalyzerCli.run(
            List.of(
                "verify",
                "--source",
                pair.source().display(),
                "--replica",
                pair.replica().display(),
                "--results",
                folder.toString(),
                "--run-id",
                "r1",
                "--quiet"),
            to,
            to,
            Map.of());
    said = out.toString(StandardCharsets.UTF_8);
    return status;
  }

  /** Whether the server knows NO-TOUCH. */
  private static boolean set(EmbeddedPair pair, String policy) {
    boolean knows = true;
    for (Endpoint side : List.of(pair.source(), pair.replica())) {
      try (RedisConnection connection = RedisConnection.open(side)) {
        connection.expect("CONFIG", "SET", "maxmemory-policy", policy);
        connection.expect("CONFIG", "SET", "lfu-decay-time", "0");
        connection.expect("CONFIG", "SET", "lfu-log-factor", "0"); // Every use would show.
        knows &= !(connection.call("CLIENT", "NO-TOUCH", "ON") instanceof Reply.Failed);
      }
    }
    return knows;
  }

  /** A key of each type, used so long ago or so often; on the replica two of them differ. */
  private static void fill(EmbeddedPair pair, String what, String value) {
    try (RedisConnection source = RedisConnection.open(pair.source());
        RedisConnection replica = RedisConnection.open(pair.replica())) {
      source.expect("SET", "string", "v");
      source.expect("SET", "long", "v".repeat(300_000));
      source.expect("HSET", "hash", "f", "v");
      source.expect("RPUSH", "list", "v");
      source.expect("SADD", "set", "v");
      source.expect("ZADD", "zset", "1", "v");
      source.expect("XADD", "stream", "1-1", "f", "v");
      for (String key : List.of("string", "hash", "list", "set", "zset", "stream", "long")) {
        restore(source, key, source.expect("DUMP", key), what, value);
      }
      source.expect("WAIT", "1", "10000");
      replica.expect("CONFIG", "SET", "replica-read-only", "no");
      source.expect("SET", "other", "w");
      source.expect("RPUSH", "others", "w");
      restore(replica, "string", source.expect("DUMP", "other"), what, value);
      restore(replica, "list", source.expect("DUMP", "others"), what, value);
    }
  }

  private static void restore(
      RedisConnection server, String key, Reply payload, String what, String value) {
    Reply done =
        server.call(
            Command.of("RESTORE"),
            ascii(key),
            ascii("0"),
            ((Reply.Text) payload).bytes().array(),
            ascii("REPLACE"),
            ascii(what),
            ascii(value));
    assertThat(done).isNotInstanceOf(Reply.Failed.class);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static long number(Endpoint side, String what, String key) {
    try (RedisConnection connection = RedisConnection.open(side)) {
      return connection.expect("OBJECT", what, key) instanceof Reply.Int n ? n.value() : -1;
    }
  }
}
