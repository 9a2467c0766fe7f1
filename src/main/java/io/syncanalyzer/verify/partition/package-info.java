/**
 * The verification of whatever holds a source's keys against whatever holds the replica's: a
 * cluster's shards, cut into partitions, each of which is one verification of its own ({@link
 * io.syncanalyzer.verify.VerifyPhase}).
 *
 * <p>Entry: {@link io.syncanalyzer.verify.partition.PartitionedVerification}. Imports {@code
 * verify} itself and of its sub-rooms {@code attempt}, {@code resume}, {@code found}, {@code scan}
 * and {@code server}; {@code verify} does not know it. One thread decides, the partitions are
 * verified on threads of their own. A slot that moves and a node that is lost are looked at again;
 * nothing that was asked for is left out in silence.
 */
@NullMarked
package io.syncanalyzer.verify.partition;

import org.jspecify.annotations.NullMarked;
