package io.syncanalyzer.probe;

import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.syncanalyzer.probe.figures.ProbeFailure;
import io.syncanalyzer.result.lag.LagSecond;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.HdrHistogram.HistogramIterationValue;

/**
 * A running probe's figures for Prometheus, at {@code http://host:port/metrics}, in seconds, each
 * with the label {@code replica}, and where there are several shards {@code shard} too.
 *
 * <p>{@code analyzer_lag_upper_seconds} and {@code analyzer_lag_lower_seconds} (histograms of the
 * bounds; a sentinel given up has a lower one alone, from when it is given up), {@code
 * analyzer_sentinels_sent_total}, {@code …_observed_total}, {@code …_censored_total}, {@code
 * analyzer_sentinels_outstanding}, {@code analyzer_offset_gap_bytes}, {@code
 * analyzer_full_resyncs_total}, {@code analyzer_probe_pause_seconds} (the last second's longest).
 * They change once a second, and are of measured sentinels: the warm-up is in none of them. Whoever
 * opens it closes it.
 *
 * <p>Text format: <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">exposition
 * formats</a>.
 */
public final class PrometheusEndpoint implements AutoCloseable {
  private static final double[] BOUNDS = {
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
    30, 60
  };
  private static final List<String> REPLICA = List.of("replica");
  private static final List<String> BY_SHARD = List.of("replica", "shard");

  private final HTTPServer server;
  private final boolean byShard;
  private final Histogram upper;
  private final Histogram lower;
  private final Counter sent;
  private final Counter observed;
  private final Counter censored;
  private final Counter resyncs;
  private final Gauge outstanding;
  private final Gauge gap;
  private final Gauge pause;

  private PrometheusEndpoint(HTTPServer server, PrometheusRegistry registry, boolean byShard) {
    this.server = server;
    this.byShard = byShard;
    String[] labels = (byShard ? BY_SHARD : REPLICA).toArray(String[]::new);
    this.upper =
        histogram(
            registry,
            labels,
            "analyzer_lag_upper_seconds",
            "Upper bound of the replication lag of a sentinel that was seen");
    this.lower =
        histogram(
            registry,
            labels,
            "analyzer_lag_lower_seconds",
            "Lower bound of the replication lag of a sentinel that was seen or given up");
    this.sent =
        counter(registry, labels, "analyzer_sentinels_sent", "Sentinels written to the source");
    this.observed =
        counter(registry, labels, "analyzer_sentinels_observed", "Sentinels seen on it");
    this.censored =
        counter(
            registry,
            labels,
            "analyzer_sentinels_censored",
            "Sentinels not seen before the timeout");
    this.resyncs =
        counter(registry, labels, "analyzer_full_resyncs", "Full resynchronisations begun");
    this.outstanding =
        gauge(
            registry, labels, "analyzer_sentinels_outstanding", "Sentinels sent and not yet seen");
    this.gap =
        gauge(registry, labels, "analyzer_offset_gap_bytes", "Source offset less replica offset");
    this.pause =
        gauge(
            registry,
            labels,
            "analyzer_probe_pause_seconds",
            "Longest pause of the probe in a second");
  }

  /**
   * Serves on a port.
   *
   * @param host the address to listen on; loopback unless the user says otherwise
   * @param port 0 = any free one
   * @throws ProbeFailure if the port cannot be had
   */
  public static PrometheusEndpoint open(String host, int port) {
    return open(host, port, false);
  }

  /** The same; {@code byShard} where there are several shards to tell apart. */
  public static PrometheusEndpoint open(String host, int port, boolean byShard) {
    PrometheusRegistry registry = new PrometheusRegistry();
    try {
      HTTPServer server =
          HTTPServer.builder()
              .inetAddress(InetAddress.getByName(host))
              .port(port)
              .registry(registry)
              .buildAndStart();
      return new PrometheusEndpoint(server, registry, byShard);
    } catch (UnknownHostException e) {
      throw new ProbeFailure("--prometheus: no such address: " + host, e);
    } catch (IOException e) {
      throw new ProbeFailure(
          "--prometheus: cannot listen on "
              + host
              + " port "
              + port
              + ": "
              + e.getMessage()
              + "; pick another port",
          e);
    }
  }

  private static Histogram histogram(
      PrometheusRegistry registry, String[] labels, String name, String help) {
    return Histogram.builder()
        .name(name)
        .help(help)
        .labelNames(labels)
        .classicOnly()
        .classicUpperBounds(BOUNDS)
        .register(registry);
  }

  private static Counter counter(
      PrometheusRegistry registry, String[] labels, String name, String help) {
    return Counter.builder().name(name).help(help).labelNames(labels).register(registry);
  }

  private static Gauge gauge(
      PrometheusRegistry registry, String[] labels, String name, String help) {
    return Gauge.builder().name(name).help(help).labelNames(labels).register(registry);
  }

  /** The port it serves on. */
  public int port() {
    return server.getPort();
  }

  /** Takes in a second. */
  void second(
      String replica,
      LagSecond row,
      org.HdrHistogram.Histogram uppers,
      org.HdrHistogram.Histogram lowers,
      long allCensored) {
    String[] whose =
        byShard
            ? new String[] {replica, row.shard() == null ? "" : row.shard()}
            : new String[] {replica};
    // Digits are rounded outward, so that the bounds still hold.
    add(upper.labelValues(whose), uppers, uppers::highestEquivalentValue);
    add(lower.labelValues(whose), lowers, lowers::lowestEquivalentValue);
    sent.labelValues(whose).inc(row.sent());
    observed.labelValues(whose).inc(row.observed());
    double newlyCensored = allCensored - censored.labelValues(whose).get();
    censored.labelValues(whose).inc(Math.max(0, newlyCensored));
    resyncs.labelValues(whose).inc(row.resyncs());
    outstanding.labelValues(whose).set((double) row.outstandingOrZero());
    Long bytes = row.offsetGapBytes();
    gap.labelValues(whose).set(bytes == null ? Double.NaN : bytes.doubleValue());
    pause.labelValues(whose).set(LagSecond.orZero(row.pauseMaxNanos()) / 1e9);
  }

  private static void add(
      DistributionDataPoint data, org.HdrHistogram.Histogram of, LongUnaryOperator bound) {
    for (HistogramIterationValue value : of.recordedValues()) {
      double seconds = bound.applyAsLong(value.getValueIteratedTo()) / 1e9;
      for (long i = 0; i < value.getCountAddedInThisIterationStep(); i++) {
        data.observe(seconds);
      }
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
