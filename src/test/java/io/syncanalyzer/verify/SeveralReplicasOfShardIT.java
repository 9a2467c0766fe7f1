package io.syncanalyzer.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.TestCluster;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.Shard;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.attempt.VerifyRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The slots of a cluster's node and several replicas of it, verified together. */
class SeveralReplicasOfShardIT {
  private static final int KEYS = 3000;
  private static TestCluster cluster;
  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    cluster = TestCluster.start(1, 2);
    cluster.fill("string:", KEYS, "value");
    for (int i = 0; i < 100; i++) {
      cluster.put("HSET", "hash:" + i, "f", "v", "g", "" + i);
      cluster.put("RPUSH", "list:" + i, "a", "b", "" + i);
    }
    cluster.awaitReplicas();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private List<VerifyRequest> requests(int replicas, String name) throws IOException {
    Shard shard = cluster.topology(Side.SOURCE).shards().get(0);
    List<VerifyRequest> all = new ArrayList<>();
    for (int i = 0; i < replicas; i++) {
      Path work = Files.createDirectories(folder.resolve(name + i));
      all.add(
          VerifyRequest.of(
                  shard.primary(), shard.replicas().get(i).as(Side.REPLICA), "several", work)
              .with(shard.slots()));
    }
    return all;
  }

  @Test
  void namesBySlotAndValuesAreAskedOfTheSourceOnce() throws Exception {
    List<Long> reads = new ArrayList<>();
    for (int replicas : List.of(1, 2)) {
      cluster.on(0, "CONFIG", "RESETSTAT");
      List<Verified> all =
          new VerifyPhase(told -> {}, NanoClock.SYSTEM)
              .runTogether(requests(replicas, "reads" + replicas));
      for (Verified one : all) {
        VerifySummary summary =
            Objects.requireNonNull(one.summary(), () -> "failed: " + one.failure());
        assertThat(summary.incomplete()).isNull();
        assertThat(summary.keys(KeyVerdict.EQUAL)).isEqualTo(KEYS + 200);
      }
      reads.add(calls("mget") + calls("hgetall") + calls("dump"));
    }
    assertThat(reads.get(0)).isPositive();
    assertThat(reads.get(1)).isBetween(reads.get(0), reads.get(0) + 5);
  }

  private static long calls(String command) {
    String said = ((Reply.Text) cluster.on(0, "INFO", "commandstats")).bytes().asUtf8();
    Matcher found = Pattern.compile("cmdstat_" + command + ":calls=(\\d+)").matcher(said);
    return found.find() ? Long.parseLong(found.group(1)) : 0;
  }
}
