package io.syncanalyzer.insert.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Side;
import org.junit.jupiter.api.Test;

class LoadLinkTest {
  private static final Endpoint NODE = Endpoint.parse(Side.SOURCE, "redis://h:1");

  private final LoadLink link = new LoadLink(NODE);

  @Test
  void nothingThatWasSentBeforeALossIsOwedAReplyOverTheNextConnection() {
    link.begin();
    link.sent(0);
    link.sent(1);
    link.lost(new RedisFailure(RedisFailure.Kind.DISCONNECTED, NODE, "lost", null), 7);
    link.sent(2);

    assertThat(link.count()).isEqualTo(1);
    assertThat(link.command(0)).isEqualTo(2);
  }
}
