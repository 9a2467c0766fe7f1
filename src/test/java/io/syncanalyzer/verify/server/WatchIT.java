package io.syncanalyzer.verify.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.embedded.TestCluster;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.wire.RawConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WatchIT {
  @Test
  void keysOfAnySlotsOfANodeAreWatchedTogether() {
    try (TestCluster cluster = TestCluster.start(2, 0)) {
      Endpoint node = cluster.topology(Side.SOURCE).shards().get(0).primary();
      List<Bytes> keys = new ArrayList<>();
      List<Bytes> elsewhere = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        (cluster.primaryOf("{" + i / 2 + "}" + i) == 0 ? keys : elsewhere)
            .add(Bytes.utf8("{" + i / 2 + "}" + i));
      }
      try (RawConnection source = RawConnection.open(node)) {
        assertThat(Watch.begin(source, keys).orElseThrow().stoodStill()).isTrue();
        for (Bytes touched : List.of(keys.get(0), keys.get(keys.size() - 1))) {
          Watch watch = Watch.begin(source, keys).orElseThrow();
          cluster.put("SET", touched.asUtf8(), "v");
          assertThat(watch.stoodStill()).isFalse();
        }
        assertThatThrownBy(() -> Watch.begin(source, elsewhere))
            .isInstanceOfSatisfying(
                RedisFailure.class,
                e -> assertThat(e.kind()).isEqualTo(RedisFailure.Kind.SLOT_MOVED));
        source.expect("UNWATCH");

        cluster.on(0, "ACL", "SETUSER", "default", "-watch");
        assertThat(Watch.begin(source, keys)).isEqualTo(Optional.empty());
      }
    }
  }
}
