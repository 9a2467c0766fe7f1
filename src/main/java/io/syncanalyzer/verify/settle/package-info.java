/**
 * Tells keys that the replica was only behind with, or that keep changing, from mismatches: the
 * source, a fence, the replica, the source again.
 *
 * <p>Entry: {@link io.syncanalyzer.verify.settle.Settler}. What looks come to is ruled by {@link
 * io.syncanalyzer.verify.settle.SettlingRule}, {@link
 * io.syncanalyzer.verify.settle.StandingDifferences} and {@link
 * io.syncanalyzer.verify.settle.RepeatedLooks}, which know no server; the rest makes the looks.
 * Imports {@code fence}, {@code verify.found}, {@code value} and {@code server}. For one thread. A
 * mismatch is told only where the source is known to have stood still, or where the same difference
 * came out again and again.
 */
@NullMarked
package io.syncanalyzer.verify.settle;

import org.jspecify.annotations.NullMarked;
