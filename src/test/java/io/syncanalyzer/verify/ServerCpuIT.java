package io.syncanalyzer.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.verify.attempt.VerifySettings;
import io.syncanalyzer.verify.found.VerifyProgress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerCpuIT {
  @TempDir private Path folder;

  @Test
  void noServerSpendsMoreThanItsShareOnTheVerification() {
    try (VerifiedPair pair = new VerifiedPair(TestServers.onPath(), folder).filled(60_000)) {
      Endpoint source = pair.servers().source();
      Endpoint replica = pair.servers().replica();
      List<VerifyProgress> told = new CopyOnWriteArrayList<>();
      double sourceBefore = cpu(source);
      double replicaBefore = cpu(replica);
      VerifySummary summary =
          VerifiedPair.verify(
              pair.request().with(VerifySettings.DEFAULT.withServerCpu(5)), told::add);
      double seconds = summary.elapsed().toNanos() / 1e9;
      double ofSource = (cpu(source) - sourceBefore) / seconds;
      double ofReplica = (cpu(replica) - replicaBefore) / seconds;
      assertThat(Math.max(ofSource, ofReplica)).as("the dearer one").isBetween(0.025, 0.075);
      assertThat(told).anyMatch(one -> one.step().endsWith(", held to 5 % of each server's CPU"));
      assertThat(summary.notes())
          .anyMatch(line -> line.startsWith("--server-cpu 5: the " + source + " spent "))
          .anyMatch(line -> line.startsWith("--server-cpu 5: the " + replica + " spent "));
    }
  }

  private static double cpu(Endpoint endpoint) {
    try (RedisConnection connection = RedisConnection.open(endpoint)) {
      return ServerInfo.readSection(connection, "cpu").mainThreadCpuSeconds().orElseThrow();
    }
  }
}
