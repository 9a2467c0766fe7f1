/**
 * The trials of a search for capacity: {@link io.syncanalyzer.run.capacity.Searching} tries what
 * the search (room {@code capacity}) asks for, each from a drained pair, until it has its answer.
 *
 * <p>A {@link io.syncanalyzer.run.capacity.TrialRun} is one trial: load, probe, counters of the
 * servers, and the way back to the baseline. What it measured ({@code TrialMeasures}) becomes the
 * rows of its replicas in {@code Judging}, by the rules of the room {@code capacity}. The load is a
 * {@code TrialLoad}, of either engine. {@link io.syncanalyzer.run.capacity.EarlierSearch} is what a
 * search goes on from.
 *
 * <p>Uses {@code run/record}, {@code run/servers}, {@code run/drain}, {@code run/lag} and {@code
 * run/load}. One thread calls; the probe's threads fill {@code TrialSeconds}.
 */
@NullMarked
package io.syncanalyzer.run.capacity;

import org.jspecify.annotations.NullMarked;
