package io.syncanalyzer.metrics;

import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Serves what a run tells of itself at {@code http://host:port/metrics}: as text, as OpenMetrics,
 * or in Prometheus's binary format, which alone carries native histograms.
 *
 * <p>Whoever opens it closes it; until then the figures that were told last are served. See <a
 * href="https://prometheus.io/docs/instrumenting/exposition_formats/">exposition formats</a>.
 */
public final class MetricsServer implements AutoCloseable {
  private final HTTPServer server;
  private final RunMetrics metrics;

  private MetricsServer(HTTPServer server, RunMetrics metrics) {
    this.server = server;
    this.metrics = metrics;
  }

  /**
   * Serves on a port.
   *
   * @param host the address to listen on
   * @param port 0 = any free one
   * @throws UncheckedIOException in one line, if the port cannot be had
   */
  public static MetricsServer open(String host, int port) {
    PrometheusRegistry registry = new PrometheusRegistry();
    try {
      HTTPServer server =
          HTTPServer.builder()
              .inetAddress(InetAddress.getByName(host))
              .port(port)
              .registry(registry)
              .buildAndStart();
      return new MetricsServer(server, new RunMetrics(registry));
    } catch (UnknownHostException e) {
      throw new UncheckedIOException("--listen: no such address: " + host, e);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "--listen: cannot listen on "
              + host
              + " port "
              + port
              + ": "
              + e.getMessage()
              + "; pick another port, or 0 for any free one",
          e);
    }
  }

  /** The port it serves on. */
  public int port() {
    return server.getPort();
  }

  /** What is to be told. */
  public Metrics metrics() {
    return metrics;
  }

  @Override
  public void close() {
    server.close();
  }
}
