/**
 * Servers started for the user; the only user of embedded-redis.
 *
 * <p>Entries are {@link io.syncanalyzer.embedded.EmbeddedPair}, a source and a replica, and {@link
 * io.syncanalyzer.embedded.EmbeddedCluster}, primaries with their replicas. Uses {@code redis} and
 * {@code time}. No threads but a relay's and those that end a server with the JVM.
 */
@NullMarked
package io.syncanalyzer.embedded;

import org.jspecify.annotations.NullMarked;
