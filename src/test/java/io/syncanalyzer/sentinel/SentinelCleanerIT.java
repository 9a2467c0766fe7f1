package io.syncanalyzer.sentinel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.embedded.EmbeddedServer;
import io.syncanalyzer.embedded.ServerBinary;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.RedisConnection;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Side;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SentinelCleanerIT {
  static java.util.stream.Stream<ServerBinary> servers() {
    return TestServers.all();
  }

  @ParameterizedTest
  @MethodSource("servers")
  void onlyKeysOfThePrefixGoEvenWhenItReadsLikeAPattern(ServerBinary binary) {
    try (EmbeddedServer server = EmbeddedServer.start(binary, 0, List.of());
        RedisConnection connection = RedisConnection.open(server.endpoint(Side.SOURCE))) {
      List<String> runs = List.of("*", "?", "[ab]", "a", "\\", "x^-y");
      for (String run : runs) {
        connection.expect("SET", KeyPrefix.ofRun(run) + "string:0:0", "v");
        connection.expect("RPUSH", KeyPrefix.ofRun(run) + "list:0:0", "v");
      }
      connection.expect("SET", "user:1", "v");
      SentinelCleaner cleaner = new SentinelCleaner(connection);
      int left = 2 * runs.size() + 1;
      for (String run : runs) {
        assertThat(cleaner.removePrefix(KeyPrefix.ofRun(run))).as(run).isEqualTo(2);
        left -= 2;
        assertThat(connection.expect("DBSIZE")).isEqualTo(new Reply.Int(left));
      }
      assertThat(connection.expect("EXISTS", "user:1")).isEqualTo(new Reply.Int(1));
    }
  }

  @Test
  void manyKeysGoInBatchesAndRangesCountWhatWasThere() {
    try (EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
        RedisConnection connection = RedisConnection.open(server.endpoint(Side.SOURCE))) {
      SentinelCodec codec = new SentinelCodec("r", SentinelType.STRING, "0");
      for (int i = 0; i < 2500; i++) {
        connection.send(RedisConnection.Command.of("SET"), codec.key(i), new byte[] {'v'});
      }
      connection.flush();
      for (int i = 0; i < 2500; i++) {
        connection.receive();
      }
      SentinelCleaner cleaner = new SentinelCleaner(connection);
      assertThat(cleaner.remove(List.of(new SentinelRange(codec.keyPrefix(), 0, 1001))))
          .isEqualTo(1001);
      assertThat(cleaner.remove(List.of(new SentinelRange(codec.keyPrefix(), 1000, 2000))))
          .isEqualTo(999);
      assertThat(cleaner.removePrefix(KeyPrefix.ALL)).isEqualTo(500);
      assertThat(cleaner.removePrefix(KeyPrefix.ALL)).isZero();
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
  void aUserWhoMayNotRemoveIsToldWhichCommandIsMissing() {
    try (EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
        RedisConnection connection = RedisConnection.open(server.endpoint(Side.SOURCE))) {
      connection.expect("SET", "sa:r:string:0:0", "v");
      connection.expect("ACL", "SETUSER", "default", "-unlink", "-del");
      assertThatThrownBy(() -> new SentinelCleaner(connection).removePrefix("sa:"))
          .isInstanceOf(RedisFailure.class)
          .hasMessageContaining("UNLINK")
          .hasMessageContaining("ACL SETUSER");
    }
  }
}
