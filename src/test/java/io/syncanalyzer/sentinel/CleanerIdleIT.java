package io.syncanalyzer.sentinel;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.WaitingTest;
import io.syncanalyzer.embedded.EmbeddedServer;
import io.syncanalyzer.embedded.LateRule;
import io.syncanalyzer.embedded.Relay;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.wire.RedisConnection;
import java.time.Duration;
import java.util.List;

/** Removals whose connection is gone, and made anew, at the worst moment. */
class CleanerIdleIT {
  private static final Duration LATE = Duration.ofMillis(700);
  private static final List<SentinelRange> TWO = List.of(new SentinelRange("sa:r:string:0:", 0, 2));

  private static String sentinel(int sequence) {
    return "r 0 " + sequence + " 1700000000000 12345";
  }

  /** The WATCH is gone with the connection: what was looked at over it is looked at again. */
  @WaitingTest
  void aKeyThatChangesHandsWhileTheConnectionIsMadeAnewStays() throws Exception {
    LateRule rule = new LateRule(LATE);
    try (EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
        RedisConnection theirs = RedisConnection.open(server.endpoint(Side.SOURCE));
        Relay relay = Relay.to(server.port(), rule);
        RedisConnection connection = RedisConnection.open(relay.endpoint(Side.SOURCE))) {
      theirs.expect("MSET", "sa:r:string:0:0", sentinel(0), "sa:r:string:0:1", sentinel(1));
      SentinelCleaner cleaner = new SentinelCleaner(connection);
      assertThat(cleaner.isAtomic()).isTrue();
      rule.hold(1, () -> theirs.expect("SET", "sa:r:string:0:0", "precious"));
      KeyCensus removed = cleaner.remove(TWO);
      assertThat(rule.left()).isZero();
      assertThat(connection.renewals()).isEqualTo(1);
      assertThat(theirs.expect("GET", "sa:r:string:0:0").toString()).contains("precious");
      assertThat(theirs.expect("GET", "sa:r:string:0:1")).isInstanceOf(Reply.Nil.class);
      assertThat(removed.ours()).isEqualTo(1);
      assertThat(removed.foreignNames()).containsExactly("sa:r:string:0:0");
    }
  }

  /** Else look and removal would be two steps for all that follows. */
  @WaitingTest
  void whetherWatchMayBeUsedIsFoundOutOverOneConnection() throws Exception {
    LateRule rule = new LateRule(LATE);
    try (EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
        Relay relay = Relay.to(server.port(), rule);
        RedisConnection connection = RedisConnection.open(relay.endpoint(Side.SOURCE))) {
      rule.hold(3, () -> {});
      assertThat(new SentinelCleaner(connection).isAtomic()).isTrue();
    }
  }
}
