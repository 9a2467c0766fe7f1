package io.syncanalyzer.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.embedded.RelayedPair;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.metrics.MetricsServer;
import io.syncanalyzer.metrics.Queries;
import io.syncanalyzer.metrics.Queries.Query;
import io.syncanalyzer.metrics.Scrape;
import io.syncanalyzer.result.ExitStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real Prometheus scrapes real runs, and every query of ours finds what it asks for. */
class RealPrometheusIT {
  @TempDir private Path folder;

  @BeforeEach
  void needed() {
    TestPrometheus.needed();
  }

  @Test
  void theAlertRulesAreRulesAndEachFiresWhereItsFaultIs() throws Exception {
    assertThat(TestPrometheus.promtool("", "check", "rules", Queries.RULES.toString()))
        .contains(Queries.ofRules().size() + " rules found");
    assertThat(
            TestPrometheus.promtool(
                "", "test", "rules", "src/test/resources/prometheus/rules-test.yml"))
        .contains("SUCCESS");
  }

  /**
   * A run that goes well, one whose replica is stopped, and a verification that finds differences.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyQueryFindsWhatRealRunsServe(boolean nativeHistograms) throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath());
        MetricsServer server = MetricsServer.open("127.0.0.1", 0);
        TestPrometheus prometheus =
            TestPrometheus.start(folder, server.port(), Queries.RULES, nativeHistograms)) {
      double from = now();
      ServedRuns runs = new ServedRuns(server, pair, folder.resolve("results"));
      assertThat(runs.whole("whole", Duration.ofSeconds(4))).isEqualTo(ExitStatus.ALL_EQUAL);
      prometheus.await("analyzer_run_exit_status == 0");
      TestPrometheus.promtool(Scrape.of(server).text(), "check", "metrics");
      ServedRunIT.differ(pair);
      assertThat(runs.verify("differs")).isEqualTo(ExitStatus.MISMATCHES);
      prometheus.await(firing("AnalyzerMismatches"));
      prometheus.await(firing("AnalyzerRunFailed"));
      prometheus.await("analyzer_run_exit_status == 1");
      Thread stopped =
          new Thread(() -> runs.probe("stopped", Duration.ofMinutes(1), Duration.ofSeconds(1)));
      stopped.start();
      prometheus.await("analyzer_sentinels_observed_total > 0");
      RelayedPair.stop(pair.replicaServer().pid());
      prometheus.await(firing("AnalyzerSentinelsCensored"));
      stopped.interrupt();
      stopped.join();
      double to = now();

      for (Query query : Queries.ofDashboard()) {
        String asked = query.chosen("2s");
        // The heatmap is of the classic buckets alone, which are not kept beside native ones.
        if (!nativeHistograms || asked.contains("\nor\n") || !asked.contains("_bucket{")) {
          assertThat(prometheus.series(asked, from, to)).as("%s", query).isPositive();
        }
      }
      for (Query query : Queries.ofRules()) {
        if (!query.where().equals("AnalyzerAbsent")) {
          assertThat(prometheus.series(query.withoutLimits(), from, to))
              .as("%s", query)
              .isPositive();
        }
      }
      for (String none : List.of("AnalyzerUnsettled", "AnalyzerUnreadable", "AnalyzerAbsent")) {
        assertThat(prometheus.series(firing(none), from, to)).as(none).isZero();
      }
    }
  }

  private static String firing(String alert) {
    return "ALERTS{alertname=\"" + alert + "\", alertstate=\"firing\"}";
  }

  private static double now() {
    return System.currentTimeMillis() / 1e3;
  }
}
