/**
 * What a run tells of itself while it goes on, at {@code /metrics}, for Prometheus.
 *
 * <p>Entry: {@link io.syncanalyzer.metrics.MetricsServer}, which is opened before a run and closed
 * after it, and {@link io.syncanalyzer.metrics.Metrics}, which the run tells. It knows no phase:
 * {@code run} hands it what the phases say. Any thread may tell; whoever scrapes is answered on
 * daemon threads. Memory is bounded by the pairs of a shard and a replica. What is not known is not
 * served, and no secret is. The only user of the client library of Prometheus.
 */
@NullMarked
package io.syncanalyzer.metrics;

import org.jspecify.annotations.NullMarked;
