package io.syncanalyzer.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.bench.KeyspaceMix;
import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.embedded.EmbeddedServer;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.redis.wire.RedisConnection.Command;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Verifies in a JVM of its own with a heap of 256 MB. The sizes are those of the whole promise with
 * the Maven profile {@code long}, and such as take seconds without.
 */
class BoundedMemoryIT {
  private static final int KEYS = Integer.getInteger("analyzer.memory.keys", 300_000);
  private static final int MISSING = Integer.getInteger("analyzer.memory.missing", 300_000);
  private static final int FIELDS = Integer.getInteger("analyzer.memory.fields", 1_000_000);
  private static final int STRINGS = Integer.getInteger("analyzer.memory.strings", 5);
  private static final int CONSUMERS = Integer.getInteger("analyzer.memory.consumers", 60_000);
  private static final int GROUPS = Integer.getInteger("analyzer.memory.groups", 10_000);
  private static final Duration AT_MOST = Duration.ofMinutes(30);

  @TempDir private Path folder;

  @Test
  void aHugeHashAndHugeStringsFitIntoASmallHeap() throws Exception {
    try (EmbeddedPair pair =
            EmbeddedPair.start(TestServers.onPath(), 0, 0, List.of("--repl-backlog-size", "1mb"));
        RedisConnection source = RedisConnection.open(patient(pair.source()));
        RedisConnection replica = RedisConnection.open(patient(pair.replica()))) {
      replica.expect("CONFIG", "SET", "replica-read-only", "no");
      fillHash(source, FIELDS);
      for (int i = 0; i < STRINGS; i++) {
        source.expect("SETRANGE", "huge" + i, Integer.toString(100 * 1024 * 1024), "end");
      }
      assertThat(source.expect("WAIT", "1", "85000")).isEqualTo(new Reply.Int(1));
      replica.expect("HSET", "hash", "f777777", "other");
      replica.expect("SETRANGE", "huge3", Integer.toString(77 * 1024 * 1024), "x");
      String said = verifyIn256Megabytes(pair.source(), pair.replica());
      assertThat(said)
          .contains("VerifyRow[type=hash, verdict=VALUE_DIFFERS, keys=1,")
          .contains("VerifyRow[type=string, verdict=EQUAL, keys=" + (STRINGS - 1) + ",")
          .contains("VerifyRow[type=string, verdict=VALUE_DIFFERS, keys=1,")
          .contains("field=f777777")
          .doesNotContain("OutOfMemory");
    }
  }

  @Test
  void manyKeysFitIntoASmallHeap() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath(), 0, 0, List.of());
        RedisConnection source = RedisConnection.open(patient(pair.source()));
        RedisConnection replica = RedisConnection.open(patient(pair.replica()))) {
      replica.expect("CONFIG", "SET", "replica-read-only", "no");
      KeyspaceMix.write(pair.source(), KEYS, 1000, 10, 7);
      // A write that waits for the replica, so that what it is given below comes last.
      source.expect("SET", "string:last", "x");
      assertThat(source.expect("WAIT", "1", "85000")).isEqualTo(new Reply.Int(1));
      replica.expect("SET", "string:" + KEYS / 2, "other");
      assertThat(verifyIn256Megabytes(pair.source(), pair.replica()))
          .contains("VerifyRow[type=string, verdict=EQUAL, keys=" + KEYS + ",")
          .contains("VerifyRow[type=string, verdict=VALUE_DIFFERS, keys=1,")
          .contains("VerifyRow[type=zset, verdict=EQUAL, keys=1000,")
          .doesNotContain("OutOfMemory");
    }
  }

  @Test
  void aScanReplyOfHugeKeysIsTakenInParts() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath());
        RedisConnection source = RedisConnection.open(patient(pair.source()));
        RedisConnection replica = RedisConnection.open(patient(pair.replica()))) {
      replica.expect("CONFIG", "SET", "replica-read-only", "no");
      String megabyte = "k".repeat(1024 * 1024);
      for (int i = 0; i < 150; i++) {
        source.expect("SET", i + megabyte, "v");
      }
      assertThat(source.expect("WAIT", "1", "60000")).isEqualTo(new Reply.Int(1));
      replica.expect("SET", 77 + megabyte, "other");
      replica.expect("DEL", 78 + megabyte);
      // One SCAN returns them all: more than twice what the heap holds.
      assertThat(verify("-Xmx64m", pair.source(), pair.replica()))
          .contains("verdict=EQUAL, keys=148,")
          .contains("verdict=VALUE_DIFFERS, keys=1,")
          .contains("verdict=MISSING_ON_REPLICA, keys=1,")
          .doesNotContain("OutOfMemory");
    }
  }

  @Test
  void aReplicaThatIsEmptyFitsIntoASmallHeap() throws Exception {
    try (EmbeddedServer source = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
        EmbeddedServer replica = EmbeddedServer.start(TestServers.onPath(), 0, List.of())) {
      KeyspaceMix.write(source.endpoint(Side.SOURCE), MISSING, 1000, 100, 7);
      String said =
          verifyIn256Megabytes(
              source.endpoint(Side.SOURCE), replica.endpoint(Side.REPLICA), "no-fence");
      assertThat(said)
          .contains("VerifyRow[type=string, verdict=MISSING_ON_REPLICA, keys=" + MISSING + ",")
          .contains("VerifyRow[type=zset, verdict=MISSING_ON_REPLICA, keys=1000,")
          .doesNotContain("OutOfMemory");
    }
  }

  @Test
  void singleElementsOfAHundredMegabytesFitIntoASmallHeap() throws Exception {
    try (EmbeddedPair pair =
            EmbeddedPair.start(TestServers.onPath(), 0, 0, List.of("--repl-backlog-size", "1mb"));
        RedisConnection source = RedisConnection.open(patient(pair.source()));
        RedisConnection replica = RedisConnection.open(patient(pair.replica()))) {
      replica.expect("CONFIG", "SET", "replica-read-only", "no");
      byte[] huge = new byte[100 * 1024 * 1024];
      byte[] small = Bytes.utf8("small").array();
      byte[] one = Bytes.utf8("1").array();
      byte[] id = Bytes.utf8("1-1").array();
      add(source, "SADD", "set-equal", small, huge);
      add(source, "SADD", "set", small, huge);
      add(source, "HSET", "hash", small, small, huge, small);
      add(source, "ZADD", "zset", one, small, one, huge);
      add(source, "RPUSH", "list", small, huge);
      add(source, "XADD", "stream", id, huge, small);
      assertThat(source.expect("WAIT", "1", "60000")).isEqualTo(new Reply.Int(1));
      for (String key : List.of("set", "hash", "zset", "list", "stream")) {
        replica.expect("DEL", key);
      }
      huge[77_000_000] = 1;
      add(replica, "SADD", "set", small, huge);
      add(replica, "HSET", "hash", small, small, huge, small);
      add(replica, "ZADD", "zset", one, small, one, huge);
      add(replica, "RPUSH", "list", small, huge);
      add(replica, "XADD", "stream", id, huge, small);
      String said = verifyIn256Megabytes(pair.source(), pair.replica());
      assertThat(said)
          .contains("VerifyRow[type=set, verdict=EQUAL, keys=1,")
          .contains("VerifyRow[type=set, verdict=VALUE_DIFFERS, keys=1,")
          .contains("VerifyRow[type=hash, verdict=VALUE_DIFFERS, keys=1,")
          .contains("VerifyRow[type=zset, verdict=VALUE_DIFFERS, keys=1,")
          .contains("VerifyRow[type=list, verdict=VALUE_DIFFERS, keys=1,")
          .contains("VerifyRow[type=stream, verdict=VALUE_DIFFERS, keys=1,")
          .contains("its name has 104857600 bytes, SHA-256")
          .doesNotContain("OutOfMemory", "UNREADABLE");
    }
  }

  @Test
  void aStreamOfManyConsumersAndGroupsFitsIntoASmallHeap() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath());
        RedisConnection source = RedisConnection.open(patient(pair.source()));
        RedisConnection replica = RedisConnection.open(patient(pair.replica()))) {
      replica.expect("CONFIG", "SET", "replica-read-only", "no");
      source.expect("XGROUP", "CREATE", "readers", "g", "$", "MKSTREAM");
      many(source, CONSUMERS, "redis.call('XGROUP', 'CREATECONSUMER', KEYS[1], 'g', 'c' .. i)");
      many(source, GROUPS, "redis.call('XGROUP', 'CREATE', KEYS[1], 'h' .. i, '$')");
      assertThat(source.expect("WAIT", "1", "60000")).isEqualTo(new Reply.Int(1));
      replica.expect("XGROUP", "DELCONSUMER", "readers", "g", "c777");
      replica.expect("XGROUP", "DESTROY", "readers", "h" + GROUPS / 2);
      assertThat(verifyIn256Megabytes(pair.source(), pair.replica()))
          .contains("VerifyRow[type=stream, verdict=VALUE_DIFFERS, keys=1,")
          .contains("2 parts differ: group \"g\" consumer \"c777\" (only on the source)")
          .doesNotContain("OutOfMemory", "UNREADABLE");
    }
  }

  private static void many(RedisConnection source, int count, String what) {
    String[] script = {"for i = 1, ARGV[1] do " + what + " end", "1", "readers", "" + count};
    assertThat(source.expect("EVAL", script)).isNotInstanceOf(Reply.Failed.class);
  }

  private static void add(RedisConnection to, String command, String key, byte[]... arguments) {
    byte[][] all = new byte[arguments.length + 1][];
    all[0] = Bytes.utf8(key).array();
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    assertThat(to.call(Command.of(command), all)).isNotInstanceOf(Reply.Failed.class);
  }

  private static Endpoint patient(Endpoint endpoint) {
    return endpoint.withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(90));
  }

  private static void fillHash(RedisConnection source, int fields) {
    for (int from = 0; from < fields; from += 1000) {
      String[] arguments = new String[2001];
      arguments[0] = "hash";
      for (int i = 0; i < 1000; i++) {
        arguments[1 + 2 * i] = "f" + (from + i);
        arguments[2 + 2 * i] = "value" + (from + i);
      }
      source.expect("HSET", arguments);
    }
  }

  private String verifyIn256Megabytes(Endpoint source, Endpoint replica, String... more)
      throws IOException, InterruptedException {
    return verify("-Xmx256m", source, replica, more);
  }

  private String verify(String heap, Endpoint source, Endpoint replica, String... more)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    List<String> command =
        new java.util.ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-cp",
                System.getProperty("java.class.path"),
                VerifyByHand.class.getName(),
                source.display(),
                replica.display(),
                folder.resolve("run").toString()));
    command.addAll(List.of(more));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(AT_MOST.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return java.nio.file.Files.readString(output, StandardCharsets.UTF_8);
  }
}
