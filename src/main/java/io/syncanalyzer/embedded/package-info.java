/** A source and a replica started for the user; the only user of embedded-redis. */
@NullMarked
package io.syncanalyzer.embedded;

import org.jspecify.annotations.NullMarked;
