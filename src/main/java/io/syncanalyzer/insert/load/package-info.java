/**
 * The built-in load engine within its fork: lanes that write as fast as they are answered, or at a
 * pace, and what is recorded of each command.
 *
 * <p>Entry: {@link io.syncanalyzer.insert.load.LoadWork}. Imports {@code insert.fork}. A lane and
 * its recorder are for one thread. What is due when is {@link
 * io.syncanalyzer.insert.load.PacedSchedule}'s, which knows no clock; what comes of each pace is a
 * {@link io.syncanalyzer.insert.load.LoadStep}.
 */
@NullMarked
package io.syncanalyzer.insert.load;

import org.jspecify.annotations.NullMarked;
