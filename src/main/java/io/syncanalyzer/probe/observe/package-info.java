/**
 * Looks for the sentinels on a replica: all outstanding ones in one pipeline, again and again, or
 * told by keyspace notifications; what their answers prove of the lag.
 *
 * <p>Entry: {@link io.syncanalyzer.probe.observe.ReplicaObserver}, for one thread each. Imports
 * {@code probe.write}, {@code probe.figures} and {@code sentinel}. A lower bound never exceeds the
 * true lag, an upper one is never below it; a silence that may be our own proves nothing.
 */
@NullMarked
package io.syncanalyzer.probe.observe;

import org.jspecify.annotations.NullMarked;
