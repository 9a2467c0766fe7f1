package io.syncanalyzer.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.TestCluster;
import io.syncanalyzer.probe.figures.LagPhase;
import io.syncanalyzer.probe.figures.ProbePhase;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.Layout;
import io.syncanalyzer.redis.topology.ShardPair;
import io.syncanalyzer.redis.topology.Topology;
import io.syncanalyzer.result.lag.LagSecond;
import io.syncanalyzer.sentinel.SentinelType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A primary that is killed in the midst of a measurement, in a cluster that has another replica.
 */
class FailoverLagIT {
  private static final int SECONDS = 13;

  @Test
  void theShardGoesOnWithItsNewPrimaryAndTheOthersDoNotNotice() throws Exception {
    try (TestCluster cluster = TestCluster.start(3, 1)) {
      int spare = cluster.addReplicaOf(0);
      LagSettings settings = settings(cluster);
      String killed = cluster.endpoint(0, Side.SOURCE).address();
      LagSummary summary = Meanwhile.run(settings, () -> cluster.kill(0));

      LagPhase shard = shard(summary, killed);
      int heir = cluster.primaryOf(settings.pairs().get(0).slots().middle());
      assertThat(shard.warnings())
          .as("%s", shard.warnings())
          .anyMatch(
              line ->
                  line.startsWith("shard " + killed + ": failover: the source's " + killed)
                      && line.contains(cluster.endpoint(heir, Side.SOURCE).address()));
      assertThat(shard.accounting().writeFailed() + shard.accounting().writeUnknown()).isPositive();
      // Seen on the replica that is left, once it follows the new primary.
      assertThat(spare).isNotEqualTo(0);
      assertThat(
              shard.timeline().stream()
                  .filter(row -> row.second() >= SECONDS - 2)
                  .mapToLong(LagSecond::observed)
                  .sum())
          .as("%s", shard.accounting())
          .isPositive();
      for (LagPhase other : summary.phases()) {
        String name = other.accounting().shard();
        if (name != null && !name.equals(killed)) {
          assertThat(other.accounting().unsent()).isZero();
          assertThat(other.accounting().censored()).isZero();
          assertThat(other.warnings()).noneMatch(line -> line.contains("failover"));
        }
      }
    }
  }

  private static LagPhase shard(LagSummary summary, String name) {
    return summary.phases().stream()
        .filter(one -> name.equals(one.accounting().shard()))
        .findFirst()
        .orElseThrow();
  }

  private static LagSettings settings(TestCluster cluster) {
    Topology now = cluster.topology(Side.SOURCE);
    Topology other = cluster.topology(Side.REPLICA);
    List<ShardPair> pairs = new ArrayList<>();
    for (int shard = 0; shard < 3; shard++) {
      pairs.add(
          new ShardPair(
              now.shards().get(shard).primary(),
              other.shards().get(shard).replicas().get(0),
              now.shards().get(shard).slots()));
    }
    return LagSettings.of(LagPair.of(new Layout(now, List.of(other), List.of(pairs))), "failover")
        .withPhase(ProbePhase.PROBE)
        .withTypes(List.of(SentinelType.STRING, SentinelType.ZSET), 0)
        .withObserver(io.syncanalyzer.probe.observe.ObserverChoice.AUTO, Duration.ofSeconds(5))
        .withSchedule(120, Duration.ofMillis(500), Optional.of(Duration.ofSeconds(SECONDS)));
  }
}
