package io.syncanalyzer.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.wire.RedisConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EmbeddedPairIT {
  static java.util.stream.Stream<ServerBinary> servers() {
    return TestServers.all();
  }

  @ParameterizedTest
  @MethodSource("servers")
  void aKeyWrittenToTheSourceShowsOnTheReplicaAndBothAreGoneAtTheEnd(ServerBinary binary) {
    EmbeddedServer source;
    EmbeddedServer replica;
    try (EmbeddedPair pair = EmbeddedPair.start(binary)) {
      source = pair.sourceServer();
      replica = pair.replicaServer();
      try (RedisConnection toSource = RedisConnection.open(pair.source());
          RedisConnection toReplica = RedisConnection.open(pair.replica())) {
        assertThat(ServerInfo.read(toSource, false).isReplica()).isFalse();
        ServerInfo info = ServerInfo.read(toReplica, false);
        assertThat(info.isReplica()).isTrue();
        assertThat(binary.version()).isEqualTo(info.product());
        toSource.expect("SET", "k", "v");
        toSource.expect("WAIT", "1", "5000");
        assertThat(toReplica.call("GET", "k")).isInstanceOf(Reply.Text.class);
      }
    }
    assertThat(source.isAlive()).isFalse();
    assertThat(replica.isAlive()).isFalse();
  }

  @Test
  void aTakenPortIsLeftToItsOwnerAndAFreeOneUsed() {
    try (EmbeddedServer first = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
        EmbeddedServer second =
            EmbeddedServer.start(TestServers.onPath(), first.port(), List.of())) {
      assertThat(second.port()).isNotEqualTo(first.port());
    }
  }

  @Test
  void anOptionTheServerDoesNotKnowIsNamedInTheFailure() {
    assertThatThrownBy(
            () -> EmbeddedServer.start(TestServers.onPath(), 0, List.of("--no-such-option", "1")))
        .isInstanceOf(EmbeddedFailure.class)
        .hasMessageContaining("ended at once");
  }

  @Test
  void aFileThatIsNoServerIsRefused(@TempDir Path folder) throws Exception {
    Path script = folder.resolve("not-redis");
    Files.writeString(script, "#!/bin/sh\necho hello\n");
    assertThatThrownBy(() -> ServerBinary.at(script)).hasMessageContaining("not an executable");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    assertThatThrownBy(() -> ServerBinary.at(script))
        .isInstanceOf(EmbeddedFailure.class)
        .hasMessageContaining("hello");
  }
}
