/**
 * How the lag is to be measured ({@link io.syncanalyzer.run.lag.LagRequest}), whether that fits
 * ({@link io.syncanalyzer.run.lag.LagFit}), the limits that are held ({@link
 * io.syncanalyzer.run.lag.Limits}), the band that a quiet pair keeps to ({@link
 * io.syncanalyzer.run.lag.BaselineBand}), and what becomes of its summary, its episodes and their
 * causes among that ({@link io.syncanalyzer.run.lag.LagEpisodes}).
 *
 * <p>Uses {@code run/record} and {@code run/servers}. Records and functions without state.
 */
@NullMarked
package io.syncanalyzer.run.lag;

import org.jspecify.annotations.NullMarked;
