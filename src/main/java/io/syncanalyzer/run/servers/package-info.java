/**
 * The servers of a run: opened or started ({@link io.syncanalyzer.run.servers.Servers}), looked at
 * before anything is written ({@link io.syncanalyzer.run.servers.Preflight}), and what happened to
 * them meanwhile that is not the run's doing.
 *
 * <p>Uses no other room of {@code run}. On the run's thread; who opens them closes them.
 */
@NullMarked
package io.syncanalyzer.run.servers;

import org.jspecify.annotations.NullMarked;
