package io.syncanalyzer.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsServerTest {
  @Test
  void aPortInUseIsToldInOneLineThatSaysWhatToDo() {
    try (MetricsServer first = MetricsServer.open("127.0.0.1", 0)) {
      assertThatThrownBy(() -> MetricsServer.open("127.0.0.1", first.port()))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("--listen: cannot listen on 127.0.0.1 port " + first.port())
          .hasMessageEndingWith("; pick another port, or 0 for any free one");
    }
  }

  @Test
  void anAddressThatIsNobodysIsToldByItsName() {
    assertThatThrownBy(() -> MetricsServer.open("nobody.invalid", 0))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("--listen: no such address: nobody.invalid");
  }

  @Test
  void thePortIsFreeAgainOnceItIsClosed() {
    MetricsServer first = MetricsServer.open("127.0.0.1", 0);
    first.close();
    try (MetricsServer second = MetricsServer.open("127.0.0.1", first.port())) {
      assertThat(second.port()).isEqualTo(first.port());
    }
  }

  /** Only the binary format carries native histograms; it has the classic ones beside them. */
  @Test
  void aLagIsANativeHistogramBesideAClassicOne() throws Exception {
    try (MetricsServer server = MetricsServer.open("127.0.0.1", 0)) {
      server.metrics().second(FullSeconds.of(FullSeconds.row(), 2_000_000, 0, 5), false);
      HttpResponse<byte[]> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(
                          URI.create("http://127.0.0.1:" + server.port() + "/metrics"))
                      .header(
                          "Accept",
                          "application/vnd.google.protobuf;"
                              + "proto=io.prometheus.client.MetricFamily;encoding=delimited")
                      .build(),
                  HttpResponse.BodyHandlers.ofByteArray());
      assertThat(answer.headers().firstValue("Content-Type").orElse("")).contains("protobuf");
      List<BinaryHistogram> all = BinaryHistogram.read(answer.body());

      assertThat(all)
          .extracting(BinaryHistogram::family)
          .containsExactlyInAnyOrder("analyzer_lag_lower_seconds", "analyzer_lag_upper_seconds");
      BinaryHistogram upper =
          all.stream().filter(one -> one.family().contains("upper")).findFirst().orElseThrow();
      assertThat(upper.count()).isEqualTo(5);
      assertThat(upper.classicBounds())
          .startsWith(0.00005, 0.0001)
          .contains(60.0)
          .endsWith(Double.POSITIVE_INFINITY);
      assertThat(upper.schema()).isEqualTo(5);
      assertThat(upper.nativeCounts()).containsExactly(5L);
      // Of schema 5 bucket i ends at 2^(i/32).
      assertThat(Math.pow(2, upper.firstNativeIndex() / 32.0)).isBetween(0.002, 0.00205);
      BinaryHistogram lower =
          all.stream().filter(one -> one.family().contains("lower")).findFirst().orElseThrow();
      assertThat(lower.zeroCount()).isEqualTo(5);
      assertThat(lower.nativeCounts()).isEmpty();
    }
  }
}
