package io.syncanalyzer.sentinel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.embedded.EmbeddedServer;
import io.syncanalyzer.embedded.ServerBinary;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.redis.wire.RedisConnection.Command;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SentinelCleanerIT {
  static Stream<ServerBinary> servers() {
    return TestServers.all();
  }

  @ParameterizedTest
  @MethodSource("servers")
  void allThatWeWriteGoesAndNothingElseWhateverItIsCalled(ServerBinary binary) {
    try (EmbeddedServer server = EmbeddedServer.start(binary, 0, List.of());
        RedisConnection connection = RedisConnection.open(server.endpoint(Side.SOURCE))) {
      theirs(connection);
      Set<String> theirs = names(connection);
      long ours = ours(connection);
      SentinelCleaner cleaner = new SentinelCleaner(connection);
      KeyCensus counted = cleaner.count(KeyPrefix.ALL, any -> true);
      assertThat(counted.ours()).isEqualTo(ours);
      assertThat(names(connection)).hasSize(theirs.size() + (int) ours);

      KeyCensus removed = cleaner.removePrefix(KeyPrefix.ALL);
      assertThat(removed.ours()).isEqualTo(ours);
      assertThat(names(connection)).isEqualTo(theirs);
      assertThat(removed.count(KeyKind.SENTINEL)).isEqualTo(2L * SentinelType.values().length);
      assertThat(removed.count(KeyKind.LOAD)).isEqualTo(9);
      assertThat(removed.count(KeyKind.FENCE)).isEqualTo(1);
      assertThat(removed.count(KeyKind.SELFTEST)).isEqualTo(4);
      assertThat(removed.foreign()).isEqualTo(theirs.size() - 1); // One begins otherwise.
      assertThat(removed.names(KeyKind.SENTINEL)).hasSize(10).doesNotHaveDuplicates();
      assertThat(removed.foreignNames()).hasSize(10);
    }
  }

  @Test
  void oneRunsKeysGoAndAnOthersWhoseNameBeginsAlikeStay() {
    try (EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
        RedisConnection connection = RedisConnection.open(server.endpoint(Side.SOURCE))) {
      for (String run : List.of("a", "ab", "a.b", "a-b", "A")) {
        write(connection, run, SentinelType.STRING, 1);
      }
      KeyCensus removed = new SentinelCleaner(connection).removePrefix(KeyPrefix.ofRun("a.b"));
      assertThat(removed.names(KeyKind.SENTINEL)).containsExactly("sa:a.b:string:0:1");
      assertThat(names(connection))
          .containsExactlyInAnyOrder(
              "sa:a:string:0:1", "sa:ab:string:0:1", "sa:a-b:string:0:1", "sa:A:string:0:1");
    }
  }

  @Test
  void manyKeysGoInBatchesAndRangesCountWhatWasThere() {
    try (EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
        RedisConnection connection = RedisConnection.open(server.endpoint(Side.SOURCE))) {
      for (int i = 0; i < 2500; i++) {
        write(connection, "r", SentinelType.STRING, i);
      }
      SentinelCodec codec = new SentinelCodec("r", SentinelType.STRING, "0");
      SentinelCleaner cleaner = new SentinelCleaner(connection);
      assertThat(cleaner.remove(List.of(new SentinelRange(codec.keyPrefix(), 0, 1001))).ours())
          .isEqualTo(1001);
      assertThat(cleaner.remove(List.of(new SentinelRange(codec.keyPrefix(), 1000, 2000))).ours())
          .isEqualTo(999);
      assertThat(cleaner.removePrefix(KeyPrefix.ALL).ours()).isEqualTo(500);
      assertThat(cleaner.removePrefix(KeyPrefix.ALL).ours()).isZero();
    }
  }

  @Test
  void aRangeLeavesAKeyOfThatNameThatSomebodyElseWrote() {
    try (EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
        RedisConnection connection = RedisConnection.open(server.endpoint(Side.SOURCE))) {
      write(connection, "r", SentinelType.HASH, 0);
      connection.expect("SET", "sa:r:hash:0:1", "theirs");
      connection.expect("HSET", "sa:r:hash:0:2", "sentinel", "theirs");
      KeyCensus removed =
          new SentinelCleaner(connection).remove(List.of(new SentinelRange("sa:r:hash:0:", 0, 3)));
      assertThat(removed.ours()).isEqualTo(1);
      assertThat(removed.foreignNames()).containsExactly("sa:r:hash:0:1", "sa:r:hash:0:2");
      assertThat(names(connection)).containsExactly("sa:r:hash:0:1", "sa:r:hash:0:2");
    }
  }

  @Test
  @Timeout(60)
  void aKeyThatChangesHandsBetweenLookAndRemovalStays() throws Exception {
    try (EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
        RedisConnection connection = RedisConnection.open(server.endpoint(Side.SOURCE));
        RedisConnection theirs = RedisConnection.open(server.endpoint(Side.SOURCE))) {
      AtomicBoolean done = new AtomicBoolean();
      AtomicBoolean lost = new AtomicBoolean();
      AtomicLong removed = new AtomicLong();
      Thread other =
          new Thread(
              () -> {
                // Often, and until one was removed: on a busy machine they may take turns at first.
                for (int i = 0; (i < 2000 || removed.get() == 0) && !lost.get(); i++) {
                  write(theirs, "r", SentinelType.STRING, 0);
                  theirs.expect("SET", "sa:r:string:0:0", "precious");
                  lost.set(theirs.expect("GET", "sa:r:string:0:0") instanceof Reply.Nil);
                }
                done.set(true);
              });
      other.start();
      SentinelCleaner cleaner = new SentinelCleaner(connection);
      while (!done.get()) {
        removed.addAndGet(
            cleaner.remove(List.of(new SentinelRange("sa:r:string:0:", 0, 1))).ours());
      }
      other.join();
      assertThat(lost).isFalse();
      assertThat(removed).describedAs("removals that fell between").hasPositiveValue();
    }
  }

  @Test
  void aKeyThatIsWrittenAllTheTimeIsRemovedOrCountedAsLeft() throws Exception {
    try (EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
        RedisConnection connection = RedisConnection.open(server.endpoint(Side.SOURCE));
        RedisConnection load = RedisConnection.open(server.endpoint(Side.SOURCE))) {
      for (int i = 0; i < 1000; i++) {
        connection.expect("SET", "sa:load:string:" + i, "v");
      }
      AtomicBoolean done = new AtomicBoolean();
      Thread other =
          new Thread(
              () -> {
                while (!done.get()) {
                  for (int i = 0; i < 100; i++) {
                    load.send(
                        Command.of("SET"),
                        Bytes.utf8("sa:load:string:500").array(),
                        new byte[] {'w'});
                  }
                  load.flush();
                  for (int i = 0; i < 100; i++) {
                    load.receive();
                  }
                }
              });
      other.start();
      KeyCensus removed = new SentinelCleaner(connection).removePrefix(KeyPrefix.LOAD);
      done.set(true);
      other.join();
      assertThat(removed.ours() + removed.changing()).isEqualTo(1000);
      assertThat(removed.foreign()).isZero();
    }
  }

  @Test
  void withoutWatchItLooksAndRemovesAllTheSame() {
    try (EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
        RedisConnection connection = RedisConnection.open(server.endpoint(Side.SOURCE))) {
      theirs(connection);
      Set<String> theirs = names(connection);
      long ours = ours(connection);
      for (String missing : List.of("watch", "multi", "exec")) {
        connection.expect("ACL", "SETUSER", "default", "+@all", "-" + missing);
        SentinelCleaner cleaner = new SentinelCleaner(connection);
        assertThat(cleaner.isAtomic()).as(missing).isFalse();
        assertThat(cleaner.removePrefix(KeyPrefix.ALL).ours()).isEqualTo(ours);
        assertThat(names(connection)).isEqualTo(theirs);
        ours = ours(connection);
      }
    }
  }

  @Test
  void aPrefixThatIsNotOursIsRefused() {
    try (EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
        RedisConnection connection = RedisConnection.open(server.endpoint(Side.SOURCE))) {
      assertThatThrownBy(() -> new SentinelCleaner(connection).removePrefix("user:"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("sa:");
    }
  }

  @Test
  void aUserWhoMayNotLookOrRemoveIsToldWhichCommandIsMissing() {
    try (EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of())) {
      try (RedisConnection admin = RedisConnection.open(server.endpoint(Side.SOURCE))) {
        ours(admin);
        for (String missing :
            List.of(
                "scan",
                "type",
                "getrange",
                "hget",
                "lrange",
                "srandmember",
                "zrange",
                "xrange",
                "unlink")) {
          admin.expect("ACL", "SETUSER", "default", "+@all", "-" + missing);
          try (RedisConnection again = RedisConnection.open(server.endpoint(Side.SOURCE))) {
            SentinelCleaner cleaner = new SentinelCleaner(again);
            assertThatThrownBy(() -> cleaner.removePrefix("sa:"))
                .isInstanceOf(RedisFailure.class)
                .hasMessageContaining(missing.toUpperCase(Locale.ROOT))
                .hasMessageContaining("ACL SETUSER");
          }
        }
        admin.expect("ACL", "SETUSER", "default", "+@all");
        assertThat(names(admin)).contains("sa:r:stream:0:7");
      }
    }
  }

  @Test
  void aGiantOfTheirsUnderANameOfOursIsLeftWithoutBeingHeld() {
    try (EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
        RedisConnection connection = RedisConnection.open(server.endpoint(Side.SOURCE))) {
      connection.expect(
          "EVAL",
          "local v = string.rep('x', 60000000) redis.call('SET', KEYS[1], v)"
              + " redis.call('RPUSH', KEYS[2], v)",
          "2",
          "sa:r:string:0:0",
          "sa:r:list:0:0");
      KeyCensus removed = new SentinelCleaner(connection).removePrefix(KeyPrefix.ALL);
      assertThat(removed.ours()).isZero();
      assertThat(removed.foreign()).isEqualTo(2);
    }
  }

  /** Keys of every kind of ours; returns how many. */
  private static long ours(RedisConnection connection) {
    for (SentinelType type : SentinelType.values()) {
      write(connection, "r", type, 7);
      write(connection, "20261126T103000Z", type, 0);
      String key = "sa:load:" + type.label() + ":12";
      switch (type) {
        case STRING -> connection.expect("SET", key, "v");
        case HASH -> connection.expect("HSET", key, "f1", "v", "f2", "v");
        case LIST -> connection.expect("RPUSH", key, "v", "v");
        case SET -> connection.expect("SADD", key, "v", "w");
        case ZSET -> connection.expect("ZADD", key, "1", "v");
        case STREAM -> connection.expect("XADD", key, "*", "v", "x");
      }
    }
    for (String name : List.of("large", "expiring", "hot")) {
      connection.expect("SET", "sa:load:" + name + ":2", "v", "EX", "1000");
    }
    connection.expect("SET", "sa:r:fence:" + UUID.randomUUID(), UUID.randomUUID().toString());
    connection.expect("SET", SelftestName.MARK, "yes");
    connection.expect("HSET", "sa:selftest:big-hash", "f", "v");
    connection.expect("XADD", "sa:selftest:corrupted:0002", "1-1", "f", "v");
    connection.call(Command.of("SET"), SelftestName.key("plain:3", true).array(), new byte[] {'v'});
    return 2L * SentinelType.values().length + 9 + 1 + 4;
  }

  /** Others' keys: names that only begin like ours, and names of ours with another value. */
  private static void theirs(RedisConnection connection) {
    connection.expect("SET", "user:1", "v");
    for (String name :
        List.of("sa:users:1", "sa:x:f:1", "sa:load:users:1", "sa:load:string:x", "sa:selftest:x")) {
      connection.expect("SET", name, "v");
    }
    connection.expect("SET", "sa:" + "n".repeat(5000), "v");
    connection.call(
        Command.of("SET"), new byte[] {'s', 'a', ':', (byte) 0xff, 0}, new byte[] {'v'});
    connection.expect("SET", "sa:t:string:0:0", "v");
    connection.expect("SET", "sa:t:string:0:1", "t 0 2 1700000000000 5"); // Another's sequence.
    connection.expect("SET", "sa:t:string:0:2", "u 0 2 1700000000000 5"); // Another run's.
    connection.expect("SET", "sa:t:string:0:3", "t 0 3 1700000000000 5 and more");
    connection.expect("SET", "sa:t:string:0:4", "");
    connection.expect("SET", "sa:t:hash:0:0", "t 0 0 1700000000000 5");
    connection.expect("HSET", "sa:t:hash:0:1", "sentinel", "t 0 1 1700000000000 5", "more", "v");
    connection.expect("HSET", "sa:t:hash:0:2", "field", "t 0 2 1700000000000 5");
    connection.expect("RPUSH", "sa:t:list:0:0", "t 0 0 1700000000000 5", "v");
    connection.expect("SADD", "sa:t:set:0:0", "t 0 0 1700000000000 5", "v");
    connection.expect("ZADD", "sa:t:zset:0:0", "7", "t 0 0 1700000000000 5"); // Another score.
    connection.expect("XADD", "sa:t:stream:0:0", "*", "sentinel", "v");
    connection.expect("XADD", "sa:t:stream:0:1", "*", "f", "t 0 1 1700000000000 5");
    connection.expect("XADD", "sa:t:stream:0:2", "1-1", "sentinel", "t 0 2 1700000000000 5");
    connection.expect("XADD", "sa:t:stream:0:2", "1-2", "sentinel", "t 0 2 1700000000000 5");
    connection.expect("XADD", "sa:t:stream:0:3", "1-1", "sentinel", "t 0 3 1700000000000 5");
    connection.expect("XDEL", "sa:t:stream:0:3", "1-1");
    connection.expect("SET", "sa:t:fence:" + UUID.randomUUID(), "v");
    connection.expect("RPUSH", "sa:t:fence:" + UUID.randomUUID(), UUID.randomUUID().toString());
    connection.expect("RPUSH", "sa:load:string:1", "v");
    connection.expect("SET", "sa:load:hash:1", "v");
    connection.expect("SADD", "sa:load:large:1", "v");
    connection.expect("SADD", "sa:selftest:big-hash:x", "v");
    connection.expect("SET", "sa:selftest:small:list", "v");
  }

  /** A sentinel as the lanes write it. */
  private static void write(
      RedisConnection connection, String run, SentinelType type, long sequence) {
    SentinelCodec codec = new SentinelCodec(run, type, "0");
    byte[] buffer = new byte[codec.maxContentLength()];
    int length = codec.encodeContent(sequence, 1_700_000_000_000L, 12_345, buffer);
    SentinelCommand command = SentinelCommand.of(type);
    Reply reply =
        connection.call(
            command.command(),
            command.arguments(codec.key(sequence), Arrays.copyOf(buffer, length), sequence));
    assertThat(reply).isNotInstanceOf(Reply.Failed.class);
  }

  private static Set<String> names(RedisConnection connection) {
    Set<String> names = new TreeSet<>();
    if (connection.expect("KEYS", "*") instanceof Reply.Items keys) {
      for (Reply key : keys.list()) {
        names.add(((Reply.Text) key).bytes().toString());
      }
    }
    return names;
  }
}
