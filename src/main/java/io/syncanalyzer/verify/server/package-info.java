/**
 * Connections to both sides for a comparison, attempts again where a server is busy, and what
 * servers say of themselves: how they stand, what they counted, what it cost them.
 *
 * <p>Imports no other room of {@code verify}. A connection is for one thread; {@link
 * io.syncanalyzer.verify.server.Connections} closes those of all threads.
 */
@NullMarked
package io.syncanalyzer.verify.server;

import org.jspecify.annotations.NullMarked;
