/**
 * What a session was like second by second: the ticker, and what each server told of itself
 * meanwhile.
 *
 * <p>Entry: {@link io.syncanalyzer.probe.timeline.SecondTicker}, which has a thread of its own.
 * Imports {@code probe.observe}, {@code write} and {@code figures}.
 */
@NullMarked
package io.syncanalyzer.probe.timeline;

import org.jspecify.annotations.NullMarked;
