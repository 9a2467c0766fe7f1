/**
 * Whether a series of measurements grows, whether some runs differ from others, and how sure that
 * is: pure functions of the numbers alone.
 *
 * <p>Entries: {@link io.syncanalyzer.statistics.Trend} for a series, {@link
 * io.syncanalyzer.statistics.Shift} for runs.
 *
 * <pre>{@code
 * double[] seconds = {0.5, 1.5, 2.5, …};
 * double[] medians = {210_000, 198_000, 205_000, …};
 * Optional<Trend> trend = Trend.of(seconds, medians, seed);
 * boolean grows = trend.isPresent() && trend.get().low() > bound;
 * boolean stands = trend.isPresent() && trend.get().high() < bound;
 *
 * Shift shift = Shift.of(before, after);
 * boolean more = shift.isMore();
 * OptionalInt runs = shift.runsNeeded();
 * }</pre>
 *
 * <p>{@link io.syncanalyzer.statistics.TheilSen} is the line, {@link
 * io.syncanalyzer.statistics.Innovations} what is random about the points, {@link
 * io.syncanalyzer.statistics.BlockBootstrap} the series that might have been seen as well; {@link
 * io.syncanalyzer.statistics.MannWhitney} is the test of runs, {@link
 * io.syncanalyzer.statistics.RankSums} what it counts. Imports nothing of ours, and is the door of
 * Apache Commons Statistics. No clock, no thread; the same numbers and the same seed give the same
 * answer. How often the limits hold the truth is measured in {@code TrendCoverageTest} and {@code
 * ShiftCoverageTest}.
 */
@NullMarked
package io.syncanalyzer.statistics;

import org.jspecify.annotations.NullMarked;
