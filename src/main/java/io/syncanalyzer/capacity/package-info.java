/**
 * How the capacity of a replica is found: what a trial says of its rate, and which rate is tried
 * next. Pure: no clock, no thread, no connection, no file.
 *
 * <p>Entries: {@link io.syncanalyzer.capacity.TrialRules}.
 *
 * <p>Imports {@code result.capacity} and {@code result.figure}. Immutable.
 */
@NullMarked
package io.syncanalyzer.capacity;

import org.jspecify.annotations.NullMarked;
