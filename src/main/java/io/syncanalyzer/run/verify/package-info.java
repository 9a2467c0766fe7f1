/**
 * The verification of a run: {@link io.syncanalyzer.run.verify.Comparisons} runs the phase for
 * every replica and hands on what it found; {@link io.syncanalyzer.run.verify.Resumption} goes on
 * with one that was broken off.
 *
 * <p>Uses {@code run/record}. On the run's thread. Mismatches are read from the verification's
 * files, once, and are never all in memory.
 */
@NullMarked
package io.syncanalyzer.run.verify;

import org.jspecify.annotations.NullMarked;
