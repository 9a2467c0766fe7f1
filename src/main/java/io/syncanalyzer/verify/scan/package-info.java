/**
 * The names of the keys in scope, in batches, of the databases asked for, at the pace allowed: by
 * SCAN, or of a cluster's node slot by slot.
 *
 * <p>Entry: {@link io.syncanalyzer.verify.scan.Names}. Imports {@code verify.server}. A batch is
 * filled by one thread and then read by another; the rest is for one thread.
 */
@NullMarked
package io.syncanalyzer.verify.scan;

import org.jspecify.annotations.NullMarked;
