/**
 * Whether a series of measurements grows, and how sure that is: pure functions of the numbers
 * alone.
 *
 * <p>Entry: {@link io.syncanalyzer.statistics.Trend}.
 *
 * <pre>{@code
 * double[] seconds = {0.5, 1.5, 2.5, …};
 * double[] medians = {210_000, 198_000, 205_000, …};
 * Optional<Trend> trend = Trend.of(seconds, medians, seed);
 * boolean grows = trend.isPresent() && trend.get().low() > bound;
 * boolean stands = trend.isPresent() && trend.get().high() < bound;
 * }</pre>
 *
 * <p>{@link io.syncanalyzer.statistics.TheilSen} is the line, {@link
 * io.syncanalyzer.statistics.Innovations} what is random about the points, {@link
 * io.syncanalyzer.statistics.BlockBootstrap} the series that might have been seen as well. Imports
 * nothing of ours, and is the door of Apache Commons Statistics. No clock, no thread; the same
 * numbers and the same seed give the same answer. How often the limits hold the truth is measured
 * in {@code TrendCoverageTest}.
 */
@NullMarked
package io.syncanalyzer.statistics;

import org.jspecify.annotations.NullMarked;
