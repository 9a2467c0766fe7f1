/**
 * TLS: the PEM files that say whom we trust and who we are ({@link
 * io.syncanalyzer.redis.tls.TlsFiles}), the sockets made of them, and why no TLS came about ({@link
 * io.syncanalyzer.redis.tls.TlsCauses}), which the JVM's own words do not tell.
 *
 * <p>Uses {@code redis} itself only. A {@link io.syncanalyzer.redis.tls.TlsTalk} belongs to one
 * connection and its thread; all else is without state.
 */
@NullMarked
package io.syncanalyzer.redis.tls;

import org.jspecify.annotations.NullMarked;
