package io.syncanalyzer.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.WaitingTest;
import io.syncanalyzer.embedded.EmbeddedServer;
import io.syncanalyzer.embedded.IdleRule;
import io.syncanalyzer.embedded.Relay;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.server.ClockSkew;
import io.syncanalyzer.redis.wire.RawConnection;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.look.ExpiryLook;
import io.syncanalyzer.verify.scan.KeyBatch;
import io.syncanalyzer.verify.server.Abilities;
import io.syncanalyzer.verify.value.KeyReader;
import io.syncanalyzer.verify.value.KeyState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Times to live, which run on while a connection that is gone without a word is made anew. */
class ExpiryIdleIT {
  private static final Abilities OLD =
      new Abilities(false, false, false, true, true, true, ClockSkew.NONE);

  /** An answer from a connection that was forgotten is waited for so long at least. */
  private static final long NOTICED_MILLIS = 250;

  private static EmbeddedServer server() {
    EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
    try (RawConnection connection = RawConnection.open(server.endpoint(Side.SOURCE))) {
      connection.expect("SET", "key", "v", "PX", "1000000");
    }
    return server;
  }

  private static Relay relay(EmbeddedServer server) throws Exception {
    return Relay.to(server.port(), new IdleRule(IdleRule.Way.SWALLOWS, Duration.ofMillis(1500)));
  }

  @WaitingTest
  void bothSidesAreThereBeforeEitherIsAskedForTimesToLive() throws Exception {
    try (EmbeddedServer server = server();
        Relay relay = relay(server);
        RawConnection source = RawConnection.open(server.endpoint(Side.SOURCE));
        RawConnection replica = RawConnection.open(relay.endpoint(Side.REPLICA))) {
      ExpiryLook look = new ExpiryLook(source, replica, OLD, NOTICED_MILLIS - 50);
      KeyBatch batch = new KeyBatch(0, 1);
      batch.add(Bytes.utf8("key"));
      Thread.sleep(2500);
      List<Integer> suspects = new ArrayList<>();
      look.at(batch, any -> true, true, suspects::add);
      assertThat(replica.renewals()).isEqualTo(1);
      assertThat(suspects).isEmpty();
    }
  }

  @WaitingTest
  void whatMakingAConnectionAnewTakesIsNoPartOfAReadersUncertainty() throws Exception {
    try (EmbeddedServer server = server();
        Relay relay = relay(server);
        RawConnection source = RawConnection.open(relay.endpoint(Side.SOURCE))) {
      KeyReader reader = new KeyReader(source, OLD, NanoClock.SYSTEM);
      Thread.sleep(2500);
      KeyState state = reader.look(List.of(Bytes.utf8("key"))).get(0);
      assertThat(source.renewals()).isEqualTo(1);
      assertThat(state.expiry().answeredNanos() - state.expiry().askedNanos())
          .isLessThan(NOTICED_MILLIS * 1_000_000);
    }
  }
}
