package io.syncanalyzer.verify.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.EmbeddedServer;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.wire.RawConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WatchTrialIT {
  private static final String KEY = "sa:trial:fence:0d3b6f5e-6f0e-4a52-9a11-3e0a6b6e2f11";

  private final List<String> told = new ArrayList<>();

  @Test
  void redisNoticesAndNothingIsLeft() {
    try (EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
        Connections connections = new Connections()) {
      Endpoint source = server.endpoint(Side.SOURCE);
      assertThat(WatchTrial.notices(connections, source, KEY, told::add))
          .isEqualTo(Optional.of(true));
      Reply left = connections.with(source, one -> one.call("DBSIZE"));
      assertThat(left).isEqualTo(new Reply.Int(0));
    }
  }

  @Test
  void whereTheKeyMayNotBeWrittenNothingIsKnown() {
    try (EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
        Connections connections = new Connections();
        RawConnection admin = RawConnection.open(server.endpoint(Side.SOURCE))) {
      admin.expect("ACL", "SETUSER", "default", "-set");
      assertThat(WatchTrial.notices(connections, server.endpoint(Side.SOURCE), KEY, told::add))
          .isEmpty();
      admin.expect("ACL", "SETUSER", "default", "+set", "-watch");
      assertThat(WatchTrial.notices(connections, server.endpoint(Side.SOURCE), KEY, told::add))
          .isEmpty();
    }
  }

  @Test
  void aKeyThatMayNotBeRemovedIsToldToStay() {
    try (EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
        Connections connections = new Connections();
        RawConnection admin = RawConnection.open(server.endpoint(Side.SOURCE))) {
      admin.expect("ACL", "SETUSER", "default", "-del");
      assertThat(WatchTrial.notices(connections, server.endpoint(Side.SOURCE), KEY, told::add))
          .isEqualTo(Optional.of(true));
      assertThat(told).singleElement().asString().contains(KEY + "; `clean` removes it");
    }
  }
}
