package io.syncanalyzer.redis.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.WaitingTest;
import io.syncanalyzer.embedded.EmbeddedServer;
import io.syncanalyzer.embedded.IdleRule;
import io.syncanalyzer.embedded.LinkRelay;
import io.syncanalyzer.embedded.Relay;
import io.syncanalyzer.embedded.ServerBinary;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.wire.RedisConnection.Command;
import java.time.Duration;
import java.util.List;

/** Connections that were idle, and are gone when they are wanted. */
public class IdleConnectionIT {
  private static final Duration IDLE = Duration.ofMillis(700);

  private static EmbeddedServer server(String... options) {
    return EmbeddedServer.start(TestServers.onPath(), 0, List.of(options));
  }

  @WaitingTest
  void whatAServerHasClosedAsIdleIsMadeAnewLoggedInAndInItsDatabase() throws Exception {
    try (EmbeddedServer server = server("--timeout", "1")) {
      try (RedisConnection admin = RedisConnection.open(server.endpoint(Side.SOURCE))) {
        admin.expect("ACL", "SETUSER", "ann", "on", ">secret", "~*", "+@all");
      }
      Endpoint endpoint =
          Endpoint.parse(Side.SOURCE, "redis://ann:secret@127.0.0.1:" + server.port() + "/3");
      try (RedisConnection connection = RedisConnection.open(endpoint);
          RawConnection raw = RawConnection.open(endpoint);
          RawConnection moved = RawConnection.open(endpoint)) {
        moved.select(5);
        moved.expect("SET", "n", "five");
        assertThat(connection.call("INCR", "n")).isEqualTo(new Reply.Int(1));
        assertThat(raw.call("GET", "n")).isEqualTo(text("1"));
        Thread.sleep(3500);
        assertThat(connection.call("INCR", "n")).isEqualTo(new Reply.Int(2));
        assertThat(raw.call("GET", "n")).isEqualTo(text("2"));
        assertThat(connection.renewals()).isEqualTo(1);
        assertThat(raw.renewals()).isEqualTo(1);
        assertThat(moved.call("GET", "n")).isEqualTo(text("five"));
        assertThat(moved.renewals()).isEqualTo(1);
        assertThat(connection.call("ACL", "WHOAMI")).isEqualTo(text("ann"));
      }
    }
  }

  @WaitingTest
  void whatARelayHasClosedAsIdleIsMadeAnew() throws Exception {
    isMadeAnew(IdleRule.Way.CLOSES);
  }

  @WaitingTest
  void whatARelayHasForgottenWithoutAWordIsMadeAnewWithinASecond() throws Exception {
    isMadeAnew(IdleRule.Way.SWALLOWS);
  }

  private static void isMadeAnew(IdleRule.Way way) throws Exception {
    IdleRule rule = new IdleRule(way, IDLE);
    try (EmbeddedServer server = server();
        Relay relay = Relay.to(server.port(), rule);
        RedisConnection connection = RedisConnection.open(relay.endpoint(Side.SOURCE))) {
      for (int turn = 1; turn <= 2; turn++) {
        connection.send(Command.of("INCR"), Bytes.utf8("n").array());
        connection.send(Command.of("INCR"), Bytes.utf8("n").array());
        long asked = System.nanoTime();
        connection.flush();
        assertThat(connection.receive()).isEqualTo(new Reply.Int(2L * turn - 1));
        assertThat(connection.receive()).isEqualTo(new Reply.Int(2L * turn));
        assertThat(System.nanoTime() - asked).isLessThan(5_000_000_000L);
        Thread.sleep(1500);
      }
      assertThat(connection.renewals()).isEqualTo(1);
      assertThat(rule.forgotten()).isPositive();
    }
  }

  /** What is asked of a new connection, that no use of keys be seen, comes before what waits. */
  @WaitingTest
  void eachReplyIsThatOfItsOwnCommandOverAConnectionThatLeavesNoTrace() throws Exception {
    for (ServerBinary binary : TestServers.all().toList()) {
      try (EmbeddedServer server = EmbeddedServer.start(binary, 0, List.of());
          Relay relay = Relay.to(server.port(), new IdleRule(IdleRule.Way.CLOSES, IDLE));
          RawConnection raw = RawConnection.openUntouching(relay.endpoint(Side.SOURCE));
          RedisConnection connection =
              RedisConnection.openUntouching(relay.endpoint(Side.SOURCE))) {
        raw.expect("MSET", "a", "1", "b", "2", "c", "3");
        connection.expect("PING");
        for (int turn = 1; turn <= 2; turn++) {
          Thread.sleep(1500);
          for (String key : List.of("a", "b", "c")) {
            raw.out().command("GET", key);
            connection.send(Command.of("GET"), Bytes.utf8(key).array());
          }
          raw.out().flush();
          connection.flush();
          for (String value : List.of("1", "2", "3")) {
            assertThat(raw.in().reply()).as(binary.toString()).isEqualTo(text(value));
            assertThat(connection.receive()).as(binary.toString()).isEqualTo(text(value));
          }
          // They are looked after from then on as before.
          assertThat(raw.renewals()).isEqualTo(turn);
          assertThat(connection.renewals()).isEqualTo(turn);
        }
      }
    }
  }

  /** The buffer then leaves in the middle of a command. */
  @WaitingTest
  void commandsThatOverflowTheBufferLeaveWholeOverAConnectionThatLeavesNoTrace() throws Exception {
    for (ServerBinary binary : TestServers.all().toList()) {
      for (int size : List.of(40_000, 65_500, 200_000)) {
        try (EmbeddedServer server = EmbeddedServer.start(binary, 0, List.of());
            Relay relay = Relay.to(server.port(), new IdleRule(IdleRule.Way.CLOSES, IDLE));
            RawConnection raw = RawConnection.openUntouching(relay.endpoint(Side.SOURCE))) {
          Thread.sleep(1500);
          for (int i = 1; i <= 3; i++) {
            raw.out().command("APPEND", "key", "v".repeat(size));
          }
          raw.out().command("GET", "none");
          raw.out().flush();
          for (long i = 1; i <= 3; i++) {
            assertThat(raw.in().reply()).as(binary.toString()).isEqualTo(new Reply.Int(i * size));
          }
          assertThat(raw.in().reply()).isEqualTo(new Reply.Nil());
          assertThat(raw.renewals()).isEqualTo(1);
        }
      }
    }
  }

  @WaitingTest
  void aConnectionThatIsKeptAwakeIsTheSameAllTheTime() throws Exception {
    try (EmbeddedServer server = server();
        Relay relay = Relay.to(server.port(), new IdleRule(IdleRule.Way.SWALLOWS, IDLE));
        RawConnection connection = RawConnection.open(relay.endpoint(Side.SOURCE))) {
      connection.expect("WATCH", "key");
      for (int i = 0; i < 30; i++) {
        Thread.sleep(100);
        connection.keepAwake();
      }
      assertThat(connection.renewals()).isZero();
      connection.expect("MULTI");
      assertThat(connection.call("EXEC")).isInstanceOf(Reply.Items.class);
    }
  }

  @WaitingTest
  void aConnectionWhoseAnswersAreOnTheirWayForLongIsNotAskedWhetherItIsThere() throws Exception {
    try (EmbeddedServer server = server();
        LinkRelay far = LinkRelay.to(server.port())) {
      Endpoint plain = Endpoint.parse(Side.SOURCE, "redis://127.0.0.1:" + far.port());
      questionsTakeOneRoundTripEach(server, far, plain);
    }
  }

  /** Through a relay: of the commands that arrive, only the greeting is none that was asked for. */
  public static void questionsTakeOneRoundTripEach(
      EmbeddedServer server, LinkRelay far, Endpoint through) throws Exception {
    far.delay(Duration.ofMillis(600));
    // One that is told of things is never asked whether it is there.
    try (RedisConnection near = RedisConnection.openForPushes(server.endpoint(Side.SOURCE), false);
        RedisConnection connection = RedisConnection.open(through)) {
      near.expect("CONFIG", "RESETSTAT");
      for (int turn = 1; turn <= 3; turn++) {
        connection.keepAwake();
        assertThat(connection.call("INCR", "n")).isEqualTo(new Reply.Int(turn));
      }
      assertThat(pings(near)).isZero();
      Thread.sleep(600); // Now it has been idle.
      assertThat(connection.call("INCR", "n")).isEqualTo(new Reply.Int(4));
      assertThat(pings(near)).isEqualTo(1);
      connection.send(Command.of("INCR"), Bytes.utf8("n").array());
      connection.flush();
      Thread.sleep(1400); // The answer has come, and lies here.
      assertThat(connection.receive()).isEqualTo(new Reply.Int(5));
      assertThat(connection.call("INCR", "n")).isEqualTo(new Reply.Int(6));
      assertThat(pings(near)).isEqualTo(2);
      assertThat(connection.renewals()).isZero();
    }
  }

  private static long pings(RedisConnection near) {
    return ServerInfo.readSection(near, "commandstats").commandCalls().getOrDefault("ping", 0L);
  }

  @WaitingTest
  void aServerThatIsGoneMeanwhileIsSaidToBeGone() throws Exception {
    EmbeddedServer server = server();
    try (RedisConnection connection = RedisConnection.open(server.endpoint(Side.SOURCE))) {
      connection.expect("PING");
      server.close();
      Thread.sleep(600);
      assertThatThrownBy(() -> connection.call("PING"))
          .isInstanceOfSatisfying(
              RedisFailure.class, e -> assertThat(e.isConnectionLoss()).isTrue())
          .hasMessageContaining("lost the connection to the source")
          .hasMessageContaining("nothing listens there any more");
    }
  }

  @WaitingTest
  void aConnectionThatWasClosedStaysClosed() throws Exception {
    try (EmbeddedServer server = server()) {
      RedisConnection connection = RedisConnection.open(server.endpoint(Side.SOURCE));
      connection.expect("PING");
      connection.close();
      Thread.sleep(600);
      assertThatThrownBy(() -> connection.call("PING")).isInstanceOf(RedisFailure.class);
      assertThat(connection.renewals()).isZero();
    }
  }

  private static Reply text(String text) {
    return new Reply.Text(Bytes.utf8(text));
  }
}
