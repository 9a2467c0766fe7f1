/**
 * What a run found: one record for each row of each file, from where it is found to where it is
 * printed. Knows no server, no file and no thread.
 *
 * <p>Entry: {@link io.syncanalyzer.result.RunReport}. Sub-room: {@code load}, the rows of the load
 * and of the inserts.
 */
@NullMarked
package io.syncanalyzer.result;

import org.jspecify.annotations.NullMarked;
