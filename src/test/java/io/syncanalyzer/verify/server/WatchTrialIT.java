package io.syncanalyzer.verify.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.EmbeddedServer;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.wire.RawConnection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WatchTrialIT {
  private static final Bytes PREFIX = Bytes.utf8("sa:trial:fence:");

  @Test
  void redisNoticesAndNothingIsLeft() {
    try (EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
        Connections connections = new Connections()) {
      Endpoint source = server.endpoint(Side.SOURCE);
      assertThat(WatchTrial.notices(connections, source, PREFIX)).isEqualTo(Optional.of(true));
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
      assertThat(WatchTrial.notices(connections, server.endpoint(Side.SOURCE), PREFIX)).isEmpty();
      admin.expect("ACL", "SETUSER", "default", "+set", "-watch");
      assertThat(WatchTrial.notices(connections, server.endpoint(Side.SOURCE), PREFIX)).isEmpty();
    }
  }
}
