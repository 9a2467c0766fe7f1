/**
 * What is done within one attempt, in which order: passes over the names of both sides, rounds that
 * settle what differed, and the counts that prove that nothing is left.
 *
 * <p>Entry: {@link io.syncanalyzer.verify.pass.Passes} for keys, {@link
 * io.syncanalyzer.verify.pass.FunctionsPass} for libraries of functions. Imports every other
 * sub-room of {@code verify}, and not the room itself. One thread goes through the names and
 * settles; workers look at batches, each over connections of its own.
 */
@NullMarked
package io.syncanalyzer.verify.pass;

import org.jspecify.annotations.NullMarked;
