/** Endpoints, connections, types, values and bytes; the only user of Jedis. */
@NullMarked
package io.syncanalyzer.redis;

import org.jspecify.annotations.NullMarked;
