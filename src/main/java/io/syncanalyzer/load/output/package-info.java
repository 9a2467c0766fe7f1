/**
 * What memtier_benchmark printed: table, JSON and progress, put together to one report of a
 * process, and why that report is not what was asked for.
 *
 * <p>Entry: {@link io.syncanalyzer.load.output.MemtierOutput}. Imports {@code load.memtier} for
 * foreign text in one line. {@link io.syncanalyzer.load.output.StderrReading} is written by one
 * thread and read by another; all else belongs to one. A figure that memtier contradicts elsewhere
 * is told with a warning, and what it does not print is unknown.
 *
 * <p>Figures are memtier's here, in its units, and {@code NaN} where it has none, which it prints
 * so itself; {@code LoadTally} makes the rows of them, in nanoseconds, with null for what is
 * unknown.
 */
@NullMarked
package io.syncanalyzer.load.output;

import org.jspecify.annotations.NullMarked;
