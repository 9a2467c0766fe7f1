package io.syncanalyzer.metrics;

import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.syncanalyzer.result.lag.FullSecond;
import io.syncanalyzer.result.lag.LagAccounting;
import io.syncanalyzer.result.verify.VerifyReport;
import org.jspecify.annotations.Nullable;

/**
 * A run's metrics in a registry: each family is there from the moment that something of it is
 * known. Safe for use by several threads.
 */
final class RunMetrics implements Metrics {
  private final PrometheusRegistry registry;
  private final Known exitStatus;
  private final Known whole;
  private @Nullable Gauge phases;
  private @Nullable String phase;
  private @Nullable LagMetrics lag;
  private @Nullable VerifyMetrics verify;

  RunMetrics(PrometheusRegistry registry) {
    this.registry = registry;
    exitStatus =
        new Known(
            registry,
            "analyzer_run_exit_status",
            "Exit status of this run; of repeated runs the process ends with the foremost");
    whole =
        new Known(
            registry,
            "analyzer_run_complete",
            "1 where every part of the run ran to its end, else 0");
  }

  @Override
  public boolean isServed() {
    return true;
  }

  @Override
  public synchronized void begins() {
    exitStatus.set(null);
    whole.set(null);
    registry.clear();
    phases = null;
    phase = null;
    lag = null;
    verify = null;
  }

  @Override
  public synchronized void phase(String name) {
    if (phases == null) {
      phases =
          new Families(registry, "phase")
              .gauge(
                  "analyzer_run_phase", "1 of the part of the run that goes on, 0 of those before");
    }
    if (phase != null) {
      phases.labelValues(phase).set(0);
    }
    phase = name;
    phases.labelValues(name).set(1);
  }

  @Override
  public synchronized void second(FullSecond second, boolean byShard) {
    if (lag == null) {
      lag = new LagMetrics(registry, byShard);
    }
    lag.second(second);
  }

  @Override
  public synchronized void accounted(String replica, LagAccounting row) {
    if (lag != null) {
      lag.accounted(replica, row);
    }
  }

  @Override
  public synchronized void compares() {
    verifying().begins();
  }

  @Override
  public synchronized void compared(KeysSoFar soFar) {
    verifying().compared(soFar);
  }

  @Override
  public synchronized void verified(VerifyReport report) {
    verifying().ended(report);
  }

  private VerifyMetrics verifying() {
    VerifyMetrics there = verify;
    if (there == null) {
      there = new VerifyMetrics(registry);
      verify = there;
    }
    return there;
  }

  @Override
  public synchronized void ended(int status, boolean complete) {
    exitStatus.set((long) status);
    whole.set(complete ? 1L : 0L);
  }
}
