/**
 * The load of a run: {@link io.syncanalyzer.run.load.LoadJob} is the one that its engine needs, at
 * work on threads of its own until it is closed; {@link io.syncanalyzer.run.load.LoadSettings} is
 * how it was asked for.
 *
 * <p>Uses {@code run/record}. A job is started, awaited and closed by the run's thread; its
 * progress comes on others.
 */
@NullMarked
package io.syncanalyzer.run.load;

import org.jspecify.annotations.NullMarked;
