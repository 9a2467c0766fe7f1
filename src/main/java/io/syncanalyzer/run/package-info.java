/**
 * One class a command, which knows the order of its phases and closes what it opened: {@link
 * io.syncanalyzer.run.LoadAndVerify}, {@link io.syncanalyzer.run.LoadOnly}, {@link
 * io.syncanalyzer.run.ProbeOnly}, {@link io.syncanalyzer.run.VerifyOnly}, {@link
 * io.syncanalyzer.run.CleanOnly}; {@link io.syncanalyzer.run.Plan} says what one would do.
 *
 * <p>Only this room knows more than one phase. Each takes a request and returns an exit status, on
 * the caller's thread; an interrupt ends it in order. The sub-rooms, from above:
 *
 * <ul>
 *   <li>{@code clean}: what was written is removed again, and nothing else
 *   <li>{@code drain}: whether the replica has everything by now
 *   <li>{@code lag}, {@code load}, {@code verify}: a phase's request, its job, and what becomes of
 *       its summary; they do not know each other
 *   <li>{@code record}: keeps what a run finds, and writes it down however it ends
 *   <li>{@code servers}: opened or started for a run, and looked at before it
 * </ul>
 */
@NullMarked
package io.syncanalyzer.run;

import org.jspecify.annotations.NullMarked;
