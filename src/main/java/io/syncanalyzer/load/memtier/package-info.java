/**
 * What memtier_benchmark is told to do: the request, the program and what it can do, the options of
 * profile and user, and the command lines that come of them.
 *
 * <p>Entry: {@link io.syncanalyzer.load.memtier.MemtierPlan}, made of a {@link
 * io.syncanalyzer.load.memtier.LoadRequest} and the features of a {@link
 * io.syncanalyzer.load.memtier.MemtierProgram}. Imports {@code load.proof}, for which commands
 * write. Its records may be shared. An option that no version of memtier can keep is refused before
 * anything is started.
 */
@NullMarked
package io.syncanalyzer.load.memtier;

import org.jspecify.annotations.NullMarked;
