/**
 * What memtier_benchmark printed: table, JSON and progress, put together to one report of a
 * process, and why that report is not what was asked for.
 *
 * <p>Entry: {@link io.syncanalyzer.load.output.MemtierOutput}. Imports {@code load.memtier} for
 * foreign text in one line. {@link io.syncanalyzer.load.output.StderrReading} is written by one
 * thread and read by another; all else belongs to one. A figure that memtier contradicts elsewhere
 * is told with a warning, and what it does not print is unknown.
 */
@NullMarked
package io.syncanalyzer.load.output;

import org.jspecify.annotations.NullMarked;
