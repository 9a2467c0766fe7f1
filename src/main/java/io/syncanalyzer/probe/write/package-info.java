/**
 * Writes the sentinels: a lane for each type and writer, on a schedule that does not wait for
 * answers.
 *
 * <p>Entry: {@link io.syncanalyzer.probe.write.WritingLane}, for one thread each; the clockwork is
 * shared. Imports {@code probe.figures} and {@code sentinel}. A sentinel's times go to a ledger
 * that the observer reads.
 */
@NullMarked
package io.syncanalyzer.probe.write;

import org.jspecify.annotations.NullMarked;
