/**
 * What a search for capacity found: a row of capacity.csv for each trial, and the interval that
 * they come to.
 *
 * <p>Entry: {@link io.syncanalyzer.result.capacity.CapacityReport}; what people read of it is
 * {@link io.syncanalyzer.result.capacity.IntervalWords}. Imports {@code result.figure}. Immutable.
 * Times are nanoseconds, sizes bytes and rates writes per second; what is unknown is null.
 */
@NullMarked
package io.syncanalyzer.result.capacity;

import org.jspecify.annotations.NullMarked;
