/**
 * Episodes of lag, found in its seconds and laid at a cause: pure functions of rows, which know no
 * server, no clock and no file.
 *
 * <p>Entry classes: {@link io.syncanalyzer.cause.EpisodeFinder}, which finds them, and {@link
 * io.syncanalyzer.cause.Explanation}, which asks every rule ({@link io.syncanalyzer.cause.Finding})
 * and takes the first that fits. For any thread.
 */
@NullMarked
package io.syncanalyzer.cause;

import org.jspecify.annotations.NullMarked;
