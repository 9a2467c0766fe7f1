/** The Redis replication analyzer; see each package for its room. */
@NullMarked
package io.syncanalyzer;

import org.jspecify.annotations.NullMarked;
