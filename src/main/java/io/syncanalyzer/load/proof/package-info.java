/**
 * What a source says of a load: the calls and error replies that it counted, which commands write,
 * and whether that is what the load claims.
 *
 * <p>Entry: {@link io.syncanalyzer.load.proof.LoadProof}. Imports no other room of {@code load}. A
 * connection of its own is opened for each question and closed after it; what a source does not let
 * us see is unknown, never assumed.
 */
@NullMarked
package io.syncanalyzer.load.proof;

import org.jspecify.annotations.NullMarked;
