/**
 * The other JVM: how it is started and ended, what is said to it and what it says, how its end is
 * told.
 *
 * <p>Entry: {@link io.syncanalyzer.insert.fork.JmhFork}. Imports no other room of {@code insert}.
 * Its channel has a thread of its own; the fork ends with it.
 */
@NullMarked
package io.syncanalyzer.insert.fork;

import org.jspecify.annotations.NullMarked;
