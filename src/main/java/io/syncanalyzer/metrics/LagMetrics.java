package io.syncanalyzer.metrics;

import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import io.syncanalyzer.result.lag.FullSecond;
import io.syncanalyzer.result.lag.LagAccounting;
import io.syncanalyzer.result.lag.LagCount;
import io.syncanalyzer.result.lag.LagSecond;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lag: what is measured, each second once it has ended, and none of the warm-up. Each with the
 * label {@code replica}, and where there are several shards {@code shard}. Safe for use by several
 * threads.
 */
final class LagMetrics {
  private final boolean byShard;
  private final Histogram upper;
  private final Histogram lower;
  private final Counter scheduled;
  private final Counter sent;
  private final Counter writeFailed;
  private final Counter writeUnknown;
  private final Counter observed;
  private final Counter censored;
  private final Counter resyncs;
  private final Gauge outstanding;
  private final Gauge gap;
  private final Gauge pause;

  LagMetrics(PrometheusRegistry registry, boolean byShard) {
    this.byShard = byShard;
    Families of =
        byShard ? new Families(registry, "replica", "shard") : new Families(registry, "replica");
    upper =
        of.lag(
            "analyzer_lag_upper_seconds",
            "Upper bound of the replication lag of a sentinel that was seen");
    lower =
        of.lag(
            "analyzer_lag_lower_seconds",
            "Lower bound of the replication lag of a sentinel that was seen or given up");
    scheduled = of.counter("analyzer_sentinels_scheduled", "Sentinels that have fallen due");
    sent = of.counter("analyzer_sentinels_sent", "Sentinels sent to the source");
    writeFailed =
        of.counter(
            "analyzer_sentinels_write_failed",
            "Sentinels that the source refused or, once all is over, that were never sent");
    writeUnknown =
        of.counter(
            "analyzer_sentinels_write_unknown",
            "Sentinels whose write had no answer: the source may or may not have them");
    observed = of.counter("analyzer_sentinels_observed", "Sentinels seen on the replica");
    censored = of.counter("analyzer_sentinels_censored", "Sentinels not seen before the timeout");
    resyncs =
        of.counter(
            "analyzer_full_resyncs",
            "Full resynchronisations that the replica's source has begun, of whichever of its"
                + " replicas");
    outstanding = of.gauge("analyzer_sentinels_outstanding", "Sentinels sent and not yet seen");
    gap =
        of.gauge(
            "analyzer_offset_gap_bytes",
            Unit.BYTES,
            "Replication offset of the source less that of the replica");
    pause =
        of.gauge(
            "analyzer_probe_pause_seconds",
            Unit.SECONDS,
            "Longest pause of the probe's own process in the last second");
  }

  /** Takes in a second. */
  synchronized void second(FullSecond second) {
    LagSecond row = second.row();
    String[] whose = labels(second.replica(), row.shard());
    observe(upper.labelValues(whose), second.upper());
    observe(lower.labelValues(whose), second.lower());
    sent.labelValues(whose).inc(row.sent());
    observed.labelValues(whose).inc(row.observed());
    resyncs.labelValues(whose).inc(row.resyncs());
    raise(scheduled, whose, second.soFar().scheduled());
    raise(writeFailed, whose, second.soFar().writeFailed());
    raise(writeUnknown, whose, second.soFar().writeUnknown());
    raise(censored, whose, second.soFar().censored());
    set(outstanding, whose, row.outstanding(), 1);
    set(gap, whose, row.offsetGapBytes(), 1);
    set(pause, whose, row.pauseMaxNanos(), 1e9);
  }

  /**
   * Takes in what became of all of them; a row that stands for several shards is theirs already.
   */
  synchronized void accounted(String replica, LagAccounting row) {
    if (byShard && row.shard() == null) {
      return;
    }
    String[] whose = labels(replica, row.shard());
    raise(scheduled, whose, row.scheduled());
    raise(writeFailed, whose, row.writeFailed());
    raise(writeUnknown, whose, row.writeUnknown());
    raise(observed, whose, row.observed());
    raise(censored, whose, row.censored());
    outstanding.labelValues(whose).set(0);
  }

  private String[] labels(String replica, @Nullable String shard) {
    return byShard ? new String[] {replica, shard == null ? "" : shard} : new String[] {replica};
  }

  private static void observe(DistributionDataPoint data, List<LagCount> counts) {
    for (LagCount one : counts) {
      double seconds = one.nanos() / 1e9;
      for (long i = 0; i < one.count(); i++) {
        data.observe(seconds);
      }
    }
  }

  /** A counter only rises: what is told late of it changes nothing. */
  private static void raise(Counter counter, String[] whose, long total) {
    double more = total - counter.labelValues(whose).get();
    if (more > 0) {
      counter.labelValues(whose).inc(more);
    }
  }

  /** What is not known is not shown. */
  private static void set(Gauge gauge, String[] whose, @Nullable Long value, double per) {
    if (value == null) {
      gauge.remove(whose);
    } else {
      gauge.labelValues(whose).set(value / per);
    }
  }
}
