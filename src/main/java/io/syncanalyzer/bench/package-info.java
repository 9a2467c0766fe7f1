/**
 * JMH benchmarks of the product's own hot paths and of a whole phase; {@code analyzer jmh -l} lists
 * them with the inserters.
 *
 * <p>No entry class: JMH finds them by its list in the jar, and nothing else uses this room. It may
 * import any room below {@code run}. What needs a server starts its own and touches no other.
 */
@NullMarked
package io.syncanalyzer.bench;

import org.jspecify.annotations.NullMarked;
