/**
 * What a run found: one record for each row of each file, from where it is found to where it is
 * printed. Knows no server, no file and no thread. Times are in nanoseconds, sizes in bytes; units
 * are made where a column is printed. What is unknown is null.
 *
 * <p>Entry: {@link io.syncanalyzer.result.RunReport}. Sub-rooms: {@code figure}, how figures are
 * told; {@code verify}, what the comparison found; {@code lag} and {@code load}, the rows of the
 * lag, the load and the inserts.
 */
@NullMarked
package io.syncanalyzer.result;

import org.jspecify.annotations.NullMarked;
