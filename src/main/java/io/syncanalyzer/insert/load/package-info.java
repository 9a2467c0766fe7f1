/**
 * The built-in load engine within its fork: lanes that write as fast as they are answered, and what
 * is recorded of each command.
 *
 * <p>Entry: {@link io.syncanalyzer.insert.load.LoadWork}. Imports {@code insert.fork}. A lane and
 * its recorder are for one thread.
 */
@NullMarked
package io.syncanalyzer.insert.load;

import org.jspecify.annotations.NullMarked;
