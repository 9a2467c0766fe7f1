package io.syncanalyzer.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;

/** Makes the metrics of a registry, all with the same labels. */
final class Families {
  /**
   * Where the classic buckets of a lag end, in seconds: near enough to tell 50 us from 100 us, and
   * far enough for a replica that is a minute behind.
   */
  private static final double[] BOUNDS = {
    0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1,
    2.5, 5, 10, 30, 60
  };

  private final PrometheusRegistry registry;
  private final String[] labels;

  Families(PrometheusRegistry registry, String... labels) {
    this.registry = registry;
    this.labels = labels.clone();
  }

  /**
   * A lag, as a classic histogram and as a native one: text formats show the first, the binary one
   * both. The native one begins with 32 buckets for each doubling and halves them where there would
   * be more than its library's 160.
   */
  Histogram lag(String name, String help) {
    return Histogram.builder()
        .name(name)
        .unit(Unit.SECONDS)
        .help(help)
        .labelNames(labels)
        .classicUpperBounds(BOUNDS)
        .withoutExemplars()
        .register(registry);
  }

  Counter counter(String name, String help) {
    return Counter.builder().name(name).help(help).labelNames(labels).register(registry);
  }

  Gauge gauge(String name, String help) {
    return Gauge.builder().name(name).help(help).labelNames(labels).register(registry);
  }

  Gauge gauge(String name, Unit unit, String help) {
    return Gauge.builder().name(name).unit(unit).help(help).labelNames(labels).register(registry);
  }
}
