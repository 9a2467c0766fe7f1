package io.syncanalyzer.insert;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.TestSentinel;
import io.syncanalyzer.insert.load.JmhLoadRequest;
import io.syncanalyzer.insert.load.JmhLoadRequest.Writers;
import io.syncanalyzer.insert.load.JmhLoadSummary;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.NodeMap;
import io.syncanalyzer.redis.Origin;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.topology.Topology;
import io.syncanalyzer.redis.wire.RedisConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The built-in engine on a service behind Sentinels. */
class SentinelInsertLoadIT {
  @TempDir Path folder;

  @Test
  @Timeout(value = 90, unit = TimeUnit.SECONDS)
  void whereTheSourceIsKilledTheLoadGoesOnAtItsSuccessor() throws InterruptedException {
    try (TestSentinel service = TestSentinel.start(1)) {
      Endpoint source =
          service
              .source()
              .from(
                  new Origin.Service(
                      service.sentinels(),
                      TestSentinel.SERVICE,
                      Optional.empty(),
                      Optional.empty(),
                      NodeMap.NONE));
      JmhLoadRequest request =
          JmhLoadRequest.of(Topology.single(source), folder).with(new Writers(1, 8));
      try (InsertLoad load = InsertLoad.start(request, second -> {})) {
        load.awaitReady(Duration.ofSeconds(60));
        load.go();
        Thread failover =
            new Thread(
                () -> {
                  pause(500);
                  service.killSource();
                  pause(1500);
                  load.stop();
                });
        failover.start();
        JmhLoadSummary summary = load.await();
        failover.join();

        assertThat(summary.incomplete()).isNull();
        assertThat(summary.totals().errors().connections()).isPositive();
        assertThat(summary.report(List.of()).warnings())
            .contains("failover: " + service.source().address() + " took over while the load ran");
        try (RedisConnection successor = RedisConnection.open(service.source())) {
          assertThat(((Reply.Int) successor.expect("DBSIZE")).value()).isPositive();
        }
      }
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
