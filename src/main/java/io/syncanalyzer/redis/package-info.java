/**
 * What its sub-rooms share: which server ({@link io.syncanalyzer.redis.Endpoint}), what it answers
 * ({@link io.syncanalyzer.redis.Reply}), bytes as text, and why something failed, in one line for
 * the user ({@link io.syncanalyzer.redis.RedisFailure}).
 *
 * <p>It is the lowest of its rooms and knows none of them; all of them know it. Records and
 * functions without state, for any thread. The rooms, from below:
 *
 * <ul>
 *   <li>{@code tls}: trust, client certificates, and why TLS failed;
 *   <li>{@code wire}: a connection and its two halves; {@code RedisConnection} is the way in;
 *   <li>{@code server}: what a server says of itself and what it allows;
 *   <li>{@code topology}: a side's shards, and how two sides lie over each other.
 * </ul>
 *
 * <p>Jedis is used in these rooms only. No secret is ever in a text that they make.
 */
@NullMarked
package io.syncanalyzer.redis;

import org.jspecify.annotations.NullMarked;
