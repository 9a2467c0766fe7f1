/**
 * What was written to a source is removed again, and nothing else: at a run's end {@link
 * io.syncanalyzer.run.clean.SentinelRemoval}, for {@code clean} the parts that {@link
 * io.syncanalyzer.run.CleanOnly} uses; and a run that would write beside keys of others is refused
 * ({@link io.syncanalyzer.run.clean.ForeignKeys}).
 *
 * <p>Uses {@code run/record}. On the run's thread. What is removed has exactly the shape that we
 * write.
 */
@NullMarked
package io.syncanalyzer.run.clean;

import org.jspecify.annotations.NullMarked;
