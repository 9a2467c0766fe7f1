/**
 * What a run found of the lag: one record for each row of {@code lag.csv}, {@code
 * lag_accounting.csv}, {@code lag_timeline.csv} and {@code episodes.csv}, from where it is found to
 * where it is printed.
 *
 * <p>Entry: {@link io.syncanalyzer.result.lag.LagPercentile}. Imports {@code result.figure}. Times
 * are in nanoseconds; units are made where a column is printed. Immutable.
 */
@NullMarked
package io.syncanalyzer.result.lag;

import org.jspecify.annotations.NullMarked;
