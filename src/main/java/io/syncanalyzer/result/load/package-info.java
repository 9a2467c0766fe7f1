/**
 * The rows of load.csv, load_timeline.csv and inserts.csv, as they are found, handed from JVM to
 * JVM, and printed.
 *
 * <p>Entry: {@link io.syncanalyzer.result.load.LoadRow}. Imports {@code result.figure}. Immutable.
 * Times are nanoseconds and sizes bytes; what is unknown is null, and no figure is infinite or
 * {@code NaN}.
 */
@NullMarked
package io.syncanalyzer.result.load;

import org.jspecify.annotations.NullMarked;
