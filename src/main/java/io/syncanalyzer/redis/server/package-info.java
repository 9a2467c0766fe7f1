/**
 * What a server says of itself: INFO ({@link io.syncanalyzer.redis.server.ServerInfo}), its place
 * in a topology, its clock, what it has removed, and which commands its user may use.
 *
 * <p>Uses {@code redis/wire} and {@code redis}. Each asks over a connection that it is given or
 * opens for the question, on the caller's thread; what it returns is a record.
 */
@NullMarked
package io.syncanalyzer.redis.server;

import org.jspecify.annotations.NullMarked;
