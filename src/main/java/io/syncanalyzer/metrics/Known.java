package io.syncanalyzer.metrics;

import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.jspecify.annotations.Nullable;

/**
 * A gauge without labels that is served only while its value is known: the library itself serves 0
 * of one that nobody has set. For one thread.
 */
final class Known {
  private final PrometheusRegistry registry;
  private final Gauge gauge;
  private boolean served;

  Known(PrometheusRegistry registry, String name, String help) {
    this.registry = registry;
    this.gauge = Gauge.builder().name(name).help(help).build();
  }

  /** Serves a value; null = not known (any more). */
  void set(@Nullable Long value) {
    if (value != null) {
      gauge.set(value.doubleValue());
    }
    if ((value != null) != served) {
      served = value != null;
      if (served) {
        registry.register(gauge);
      } else {
        registry.unregister(gauge);
      }
    }
  }
}
