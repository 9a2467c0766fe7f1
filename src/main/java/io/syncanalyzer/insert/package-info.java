/**
 * The JMH inserters and the built-in load, each in a JVM of its own: what a run asks of them and
 * what they found.
 *
 * <p>Entry: {@link io.syncanalyzer.insert.InsertPhase}, {@link io.syncanalyzer.insert.InsertLoad}.
 * May use {@code probe}, since writer and probe live in one JVM. The sub-rooms:
 *
 * <ul>
 *   <li>{@code load}: the built-in engine's work within its fork
 *   <li>{@code fork}: the other JVM, and the talk with it
 * </ul>
 *
 * <p>What a fork measured comes back as files and a ledger of counts; no time is compared between
 * JVMs.
 */
@NullMarked
package io.syncanalyzer.insert;

import org.jspecify.annotations.NullMarked;
