/**
 * Whether the replica has everything by now: {@link io.syncanalyzer.run.drain.Drain} waits for it,
 * by a fence for every pair of shards, through losses of either server.
 *
 * <p>Uses {@code run/record} and {@code run/servers}. One thread calls; pairs are waited for on
 * threads of their own ({@link io.syncanalyzer.run.drain.EachPair}).
 */
@NullMarked
package io.syncanalyzer.run.drain;

import org.jspecify.annotations.NullMarked;
