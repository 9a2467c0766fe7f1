/**
 * Running memtier_benchmarks: how they are started, watched and ended.
 *
 * <p>Entry: {@link io.syncanalyzer.load.process.StageRun}, over {@link
 * io.syncanalyzer.load.process.MemtierProcess}es. Imports {@code load.output} and {@code
 * load.memtier}. A thread a process reads its stderr, one more its JSON where a password must be
 * taken out of it. No process outlives the one that closes it, and no secret reaches a file.
 */
@NullMarked
package io.syncanalyzer.load.process;

import org.jspecify.annotations.NullMarked;
