/**
 * Clocks, and who waits by them: the only room that asks the machine for the time.
 *
 * <p>Entry: {@link io.syncanalyzer.time.NanoClock}, which measures and every other room is handed,
 * and {@link io.syncanalyzer.time.BackOff}, which every loop that attempts again pauses by. {@link
 * io.syncanalyzer.time.WallClock} labels. Imports nothing of ours. A clock is for any thread, a
 * back-off for one.
 */
@NullMarked
package io.syncanalyzer.time;

import org.jspecify.annotations.NullMarked;
