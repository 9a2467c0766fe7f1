/**
 * What looking for sentinels costs the servers, and how often it may be looked for that: what a
 * question costs, how far apart polls are, when a sentinel is first asked for.
 *
 * <p>Entry: {@link io.syncanalyzer.probe.cost.PollSpacing}, a rule on times alone; {@link
 * io.syncanalyzer.probe.cost.CostTrial} alone asks servers. Imports {@code sentinel}, {@code redis}
 * and {@code time}. What a server does not tell is assumed, and said to be.
 */
@NullMarked
package io.syncanalyzer.probe.cost;

import org.jspecify.annotations.NullMarked;
