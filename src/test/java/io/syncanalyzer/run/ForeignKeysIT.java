package io.syncanalyzer.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.embedded.EmbeddedServer;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisConnection;
import io.syncanalyzer.redis.Side;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whose keys a load would write over. */
class ForeignKeysIT {
  @Test
  void aKeyThatTheLoadWouldOverwriteIsLookedAtWhereItsNameTellsOfItsType() {
    try (EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
        RedisConnection to = RedisConnection.open(server.endpoint(Side.SOURCE))) {
      Endpoint source = server.endpoint(Side.SOURCE);
      to.expect("SET", "sa:load:string:4", "left by another load");
      to.expect("HSET", "sa:load:own:4", "left by another load", "of the same profile");
      assertThatCode(() -> refuse(source)).doesNotThrowAnyException();
      to.expect("HSET", "sa:load:string:5", "owner", "me");

      assertThatThrownBy(() -> refuse(source))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1 key under sa:load: that we did not write, such as")
          .hasMessageContaining("sa:load:string:5");
    }
  }

  private static void refuse(Endpoint source) {
    ForeignKeys.refuse(source, Optional.empty(), Optional.of(everyName -> true));
  }
}
