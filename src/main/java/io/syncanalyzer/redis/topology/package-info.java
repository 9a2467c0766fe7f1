/**
 * What answers at a side: one server, the shards of a Redis Cluster, or the servers of a service
 * behind Redis Sentinel ({@link io.syncanalyzer.redis.topology.Topology}), and how two of them lie
 * over each other ({@link io.syncanalyzer.redis.topology.ShardPairs}).
 *
 * <p>Imports {@code redis}, {@code redis.wire} and {@code redis.server}. Records and functions
 * without state, for any thread; a topology is what it was when it was asked, and is asked again
 * after a failure.
 */
@NullMarked
package io.syncanalyzer.redis.topology;

import org.jspecify.annotations.NullMarked;
