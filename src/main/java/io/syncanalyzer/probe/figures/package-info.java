/**
 * What is recorded of the lag: HdrHistograms, percentiles, the lags of a ramp's steps, round trips,
 * pauses of our own JVM.
 *
 * <p>Entry: {@link io.syncanalyzer.probe.figures.LagRecorder}. The only door to HdrHistogram but
 * for where others' histograms are decoded or drawn. Imports {@code redis} and {@code time}. A
 * recorder is for one thread; what reads it meanwhile says so.
 */
@NullMarked
package io.syncanalyzer.probe.figures;

import org.jspecify.annotations.NullMarked;
