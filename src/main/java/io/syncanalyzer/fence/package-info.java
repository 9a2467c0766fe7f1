/**
 * The proof that a replica has applied all that its source had at a moment: by replication offset,
 * or by a key of our own that arrives. Drain and verify share it.
 *
 * <p>Entry: {@link io.syncanalyzer.fence.Fences}. Imports {@code sentinel}, {@code redis} and
 * {@code time}. A fence is for one thread, but for its closing, which ends whatever waits; it owns
 * its two connections. What a fence says is proved or is a {@link
 * io.syncanalyzer.fence.FenceFailure}.
 */
@NullMarked
package io.syncanalyzer.fence;

import org.jspecify.annotations.NullMarked;
