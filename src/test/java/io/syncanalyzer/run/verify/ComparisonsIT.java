package io.syncanalyzer.run.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.embedded.TestCluster;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.Layout;
import io.syncanalyzer.redis.topology.ShardPair;
import io.syncanalyzer.redis.topology.ShardPairs;
import io.syncanalyzer.redis.topology.Topology;
import io.syncanalyzer.report.screen.Console;
import io.syncanalyzer.run.record.RunContext;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.attempt.VerifySettings;
import io.syncanalyzer.verify.server.VerifyFailure;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of replicas that a layout had, and has no more when their turn comes. */
class ComparisonsIT {
  private static TestCluster cluster;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    cluster = TestCluster.start(2, 1);
    cluster.fill("key:", 100, "value");
    cluster.awaitReplicas();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  /** Two rows of replicas; of the second there are so many shards. */
  private static Layout layout(int shards) {
    Topology source = cluster.topology(Side.SOURCE);
    Topology replica = cluster.topology(Side.REPLICA);
    List<ShardPair> pairs = ShardPairs.ofReplicas(source, replica, 0);
    return new Layout(source, List.of(replica, replica), List.of(pairs, pairs.subList(0, shards)));
  }

  private Compared compare(int now) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    Console console =
        new Console(new Console.Setting(nowhere, nowhere, false, false, false, NanoClock.SYSTEM));
    RunContext context = new RunContext(console, "", NanoClock.SYSTEM, Clock.systemUTC());
    Layout later = layout(now);
    return new Comparisons(context, VerifySettings.DEFAULT, "it", folder, false)
        .run(layout(2), () -> later, Map.of());
  }

  @Test
  void slotsThatHaveNoCounterpartAnyMoreMakeThatReplicaNotComplete() {
    Compared found = compare(1);
    assertThat(found.complete()).isFalse();
    assertThat(found.failure()).isNull();
    assertThat(found.report().replicas().get(0).isEqual()).isTrue();
    assertThat(found.report().replicas().get(1).words())
        .contains(" equal; not complete: the slots 8192-16383 of the source had no counterpart");
  }

  @Test
  void aReplicaOfWhichNothingIsLeftHasNoResult() {
    Compared found = compare(0);
    assertThat(found.failure())
        .contains(" replica 2: the slots 0-16383 of the source have no counterpart there any more");
    assertThat(found.report().replicas().get(0).isEqual()).isTrue();
  }

  @Test
  void whereAnInterruptCameNoneBeginsAndThatIsNoResult() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> compare(2))
          .isInstanceOf(VerifyFailure.class)
          .hasMessageContaining("interrupted before it began");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
