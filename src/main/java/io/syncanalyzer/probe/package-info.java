/**
 * The lag: sentinels are written on a schedule, and on every replica their arrival is observed,
 * each bound on one monotonic clock.
 *
 * <p>Entry: {@link io.syncanalyzer.probe.LagProbe} and, for a fork that brings its own writers,
 * {@link io.syncanalyzer.probe.LagSession}; summary: {@link io.syncanalyzer.probe.LagSummary}. The
 * sub-rooms, each of which imports only those below it:
 *
 * <ul>
 *   <li>{@code timeline}: a row a second, and what both servers told of themselves in it
 *   <li>{@code observe}: polls and pushes, arrivals and their bounds, silences
 *   <li>{@code write}: lanes and the schedule
 *   <li>{@code figures}: histograms, percentiles, steps, distances
 * </ul>
 *
 * <p>Each lane and each observer has a thread of its own, a ticker one more; they share ledgers and
 * counters that say so. Memory is bounded by the rate and the time that a sentinel is waited for.
 * What is scheduled is always the sum of what came of it.
 */
@NullMarked
package io.syncanalyzer.probe;

import org.jspecify.annotations.NullMarked;
