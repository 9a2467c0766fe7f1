package io.syncanalyzer.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.probe.figures.LagRecorder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** What is served of several shards. */
class PrometheusShardsTest {
  @Test
  void eachShardHasALabelOfItsOwnWhereThereAreSeveral() throws Exception {
    try (PrometheusEndpoint served = PrometheusEndpoint.open("127.0.0.1", 0, true)) {
      served.second(
          "r:1",
          LagRows.second(0, 5L).ofShard("s:1"),
          LagRecorder.histogram(),
          LagRecorder.histogram(),
          2);
      assertThat(scrape(served))
          .contains("analyzer_sentinels_censored_total{replica=\"r:1\",shard=\"s:1\"} 2.0");
    }
  }

  @Test
  void aSinglePairIsServedAsBefore() throws Exception {
    try (PrometheusEndpoint served = PrometheusEndpoint.open("127.0.0.1", 0)) {
      served.second(
          "r:1", LagRows.second(0, 5L), LagRecorder.histogram(), LagRecorder.histogram(), 2);
      assertThat(scrape(served))
          .contains("analyzer_sentinels_censored_total{replica=\"r:1\"} 2.0")
          .doesNotContain("shard");
    }
  }

  private static String scrape(PrometheusEndpoint served) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + served.port() + "/metrics");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
