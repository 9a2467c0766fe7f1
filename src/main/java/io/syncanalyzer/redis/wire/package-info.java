/**
 * A connection: made, secured, logged in, kept, and made anew where it was lost while idle. {@link
 * io.syncanalyzer.redis.wire.RedisConnection} is the way in, for commands and replies as objects;
 * {@link io.syncanalyzer.redis.wire.RawConnection} for those who read replies as bytes.
 *
 * <p>Uses {@code redis/tls} and {@code redis}. A connection belongs to one thread; only closing it
 * is for any. Here holds: no length that a server claims is taken on trust, a whole reply comes in
 * time or is a failure, and no command is ever sent twice.
 */
@NullMarked
package io.syncanalyzer.redis.wire;

import org.jspecify.annotations.NullMarked;
