/**
 * The clock that measures, and who waits by it.
 *
 * <p>Entry: {@link io.syncanalyzer.time.NanoClock}, which every other room is handed, and {@link
 * io.syncanalyzer.time.BackOff}, which every loop that attempts again pauses by. Imports nothing of
 * ours. A clock is for any thread, a back-off for one. What labels rather than measures is a {@link
 * java.time.Clock}.
 */
@NullMarked
package io.syncanalyzer.time;

import org.jspecify.annotations.NullMarked;
