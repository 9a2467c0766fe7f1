/**
 * The type-aware comparison of source and replica: attempts through losses, each opened, carried
 * out and summed up.
 *
 * <p>Entry: {@link io.syncanalyzer.verify.VerifyPhase}; summary: {@link
 * io.syncanalyzer.verify.VerifySummary}. The sub-rooms, each of which imports only those below it:
 *
 * <ul>
 *   <li>{@code partition}: a cluster's shards, cut into partitions that are verified one by one; it
 *       alone imports this room
 *   <li>{@code pass}: what is done within one attempt, in which order
 *   <li>{@code attempt}: what was asked for, and what an attempt holds
 *   <li>{@code settle}: what differed at first sight is settled at a fence
 *   <li>{@code look}: the first look at a batch of keys
 *   <li>{@code found}: what is known so far, bounded in memory
 *   <li>{@code scan}: names, in batches, within a scope and a pace
 *   <li>{@code value}: what a key holds, how it is asked for and compared
 *   <li>{@code resume}: how far it has come, written down
 *   <li>{@code server}: connections, attempts again where a server is busy, what a server says of
 *       itself
 * </ul>
 *
 * <p>One thread goes through the names, a few workers look; only {@code found} is shared by them.
 * Memory does not grow with the keyspace, with a value or with the number of mismatches. A key is
 * counted as equal only if it was looked at on both sides.
 */
@NullMarked
package io.syncanalyzer.verify;

import org.jspecify.annotations.NullMarked;
