package io.syncanalyzer.redis.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.syncanalyzer.embedded.EmbeddedServer;
import io.syncanalyzer.embedded.ServerBinary;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.RedisFailure.Kind;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Secret;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.wire.RedisConnection.Command;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RedisConnectionIT {
  static Stream<ServerBinary> servers() {
    return TestServers.all();
  }

  @ParameterizedTest
  @MethodSource("servers")
  void repliesOfEveryShapeComeBackAsTheyAre(ServerBinary binary) {
    try (EmbeddedServer server = EmbeddedServer.start(binary, 0, List.of());
        RedisConnection connection = RedisConnection.open(server.endpoint(Side.SOURCE))) {
      byte[] key = {0, (byte) 0xff, '\r', '\n'};
      byte[] value = {(byte) 0xc3, 0, 10};
      assertThat(connection.call(Command.of("SET"), key, value))
          .isEqualTo(new Reply.Text(Bytes.utf8("OK")));
      assertThat(connection.call(Command.of("GET"), key))
          .isEqualTo(new Reply.Text(Bytes.wrap(value)));
      assertThat(connection.call("GET", "nothing")).isEqualTo(new Reply.Nil());
      assertThat(connection.call("RPUSH", "l", "a", "")).isEqualTo(new Reply.Int(2));
      assertThat(connection.call("LRANGE", "l", "0", "-1"))
          .isEqualTo(
              new Reply.Items(
                  List.of(new Reply.Text(Bytes.utf8("a")), new Reply.Text(Bytes.EMPTY))));
      assertThat(connection.call("GET", "l"))
          .isInstanceOfSatisfying(
              Reply.Failed.class, failed -> assertThat(failed.code()).isEqualTo("WRONGTYPE"));
    }
  }

  @ParameterizedTest
  @MethodSource("servers")
  void aPipelineAnswersInOrderWithErrorsInTheirPlaces(ServerBinary binary) {
    try (EmbeddedServer server = EmbeddedServer.start(binary, 0, List.of());
        RedisConnection connection = RedisConnection.open(server.endpoint(Side.SOURCE))) {
      connection.send(Command.of("SET"), new byte[] {'a'}, new byte[] {'1'});
      connection.send(Command.of("NOSUCH"));
      connection.send(Command.of("GET"), new byte[] {'a'});
      connection.flush();
      assertThat(connection.receive()).isEqualTo(new Reply.Text(Bytes.utf8("OK")));
      assertThat(connection.receive()).isInstanceOf(Reply.Failed.class);
      assertThat(connection.receive()).isEqualTo(new Reply.Text(Bytes.utf8("1")));
    }
  }

  @Test
  void aClosedPortIsNamedWithWhatToDo() {
    assertFailure("redis://127.0.0.1:1", Kind.REFUSED, "127.0.0.1:1", "--embedded");
  }

  @Test
  void aHostThatDoesNotExistIsNamed() {
    assertFailure(
        "redis://no-such-host.invalid:1", Kind.UNKNOWN_HOST, "no-such-host.invalid", "--replica");
  }

  @Test
  void aServerThatNeverAnswersIsAnErrorWithinTheTimeout() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      assertFailure(
          "redis://bob:s3cret@127.0.0.1:" + silent.getLocalPort(),
          Kind.CONNECT_TIMEOUT,
          "did not answer within 700 ms",
          "--timeout");
    }
  }

  @ParameterizedTest
  @MethodSource("servers")
  void aWrongPasswordAndAMissingOneAreToldApart(ServerBinary binary) {
    try (EmbeddedServer locked =
        EmbeddedServer.start(binary, 0, List.of("--requirepass", "right"))) {
      String at = "127.0.0.1:" + locked.port();
      assertFailure(
          "redis://:wrong@" + at, Kind.WRONG_PASSWORD, "refused the user or password", "REPLICA");
      assertFailure("redis://" + at, Kind.WRONG_PASSWORD, "asks for a password", "REPLICA");
    }
  }

  @ParameterizedTest
  @MethodSource("servers")
  void aUserWithoutPermissionIsToldTheCommand(ServerBinary binary) {
    try (EmbeddedServer server = EmbeddedServer.start(binary, 0, List.of());
        RedisConnection admin = RedisConnection.open(server.endpoint(Side.SOURCE))) {
      admin.expect("ACL", "SETUSER", "amy", "on", ">pw", "~*", "+ping");
      try (RedisConnection amy =
          RedisConnection.open(
              server
                  .endpoint(Side.SOURCE)
                  .withCredentials(Optional.of("amy"), Optional.of(new Secret("pw"))))) {
        assertThatThrownBy(() -> amy.expect("INFO"))
            .hasMessageContaining("user amy")
            .hasMessageContaining("run INFO")
            .hasMessageNotContaining("pw");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("servers")
  void aDatabaseOutOfRangeIsNamed(ServerBinary binary) {
    try (EmbeddedServer server = EmbeddedServer.start(binary, 0, List.of("--databases", "2"))) {
      assertFailure(
          "redis://127.0.0.1:" + server.port() + "/2", Kind.DATABASE_RANGE, "no database 2", "");
    }
  }

  @Test
  void tlsToAPlainPortSaysSo() {
    try (EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of())) {
      // Redis takes the handshake for the start of a command and waits for its end; a plain PING,
      // asked thereafter, tells that it is a server that speaks no TLS.
      assertFailure(
          "rediss://127.0.0.1:" + server.port(),
          Kind.CONNECT_TIMEOUT,
          "speaks no TLS on this port",
          "use redis://");
    }
  }

  @Test
  void aServerThatIsFullSaysSo() {
    try (EmbeddedServer server =
            EmbeddedServer.start(TestServers.onPath(), 0, List.of("--maxclients", "1"));
        RedisConnection first = RedisConnection.open(server.endpoint(Side.SOURCE))) {
      assertThat(first.call("PING")).isEqualTo(new Reply.Text(Bytes.utf8("PONG")));
      assertFailure(
          "redis://127.0.0.1:" + server.port(), Kind.OTHER_REPLY, "max number of clients", "");
    }
  }

  @Test
  void aServerThatDiesIsADisconnection() {
    try (EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
        RedisConnection connection = RedisConnection.open(server.endpoint(Side.SOURCE))) {
      ProcessHandle process = ProcessHandle.of(server.pid()).orElseThrow();
      assertThat(process.destroyForcibly()).isTrue();
      process.onExit().join();
      RedisFailure failure =
          catchThrowableOfType(RedisFailure.class, () -> connection.call("PING"));
      assertThat(failure.kind()).isEqualTo(Kind.DISCONNECTED);
      assertThat(failure.isConnectionLoss()).isTrue();
    }
  }

  private static void assertFailure(String uri, Kind kind, String says, String advises) {
    Endpoint endpoint =
        Endpoint.parse(Side.REPLICA, uri)
            .withTimeouts(Duration.ofMillis(700), Duration.ofMillis(700));
    assertThatThrownBy(() -> RedisConnection.open(endpoint).close())
        .isInstanceOfSatisfying(RedisFailure.class, f -> assertThat(f.kind()).isEqualTo(kind))
        .hasMessageContaining(says)
        .hasMessageContaining(advises)
        .hasMessageNotContaining("s3cret")
        .hasMessageNotContaining("\n");
  }
}
