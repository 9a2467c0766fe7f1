package io.syncanalyzer.probe.figures;

import io.syncanalyzer.result.lag.LagPercentile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * The lags of each step of a ramp, by when a sentinel was sent: to two digits, so that a step takes
 * some tens of KB; steps beyond {@link #MOST} are in the whole only. For the observer's thread, and
 * for another once that has ended.
 */
public final class StepLags {
  /** So many steps are told apart. */
  static final int MOST = 200;

  private static final int DIGITS = 2;

  private final Map<Integer, Step> steps = new TreeMap<>();

  private static final class Step {
    final Histogram upper = new Histogram(DIGITS);
    final Histogram lower = new Histogram(DIGITS);
    final Histogram intended = new Histogram(DIGITS);
    long unseen;
  }

  public void record(int step, long upperNanos, long lowerNanos, long intendedNanos) {
    if (isTold(step)) {
      Step lags = of(step);
      lags.upper.recordValue(LagRecorder.clamped(upperNanos));
      lags.lower.recordValue(LagRecorder.clamped(lowerNanos));
      lags.intended.recordValue(LagRecorder.clamped(intendedNanos));
    }
  }

  public void recordUnseen(int step, long lowerNanos) {
    if (isTold(step)) {
      Step lags = of(step);
      lags.unseen++;
      lags.lower.recordValue(LagRecorder.clamped(lowerNanos));
    }
  }

  /** All that were never seen, of another. */
  public void addUnseen(StepLags other) {
    other.steps.forEach(
        (step, lags) -> {
          Step mine = of(step);
          mine.unseen += lags.unseen;
          mine.lower.add(lags.lower);
        });
  }

  /** All of another shard's: what was seen and what was not. */
  public void add(StepLags other) {
    other.steps.forEach(
        (step, lags) -> {
          Step mine = of(step);
          mine.upper.add(lags.upper);
          mine.intended.add(lags.intended);
        });
    addUnseen(other);
  }

  private static boolean isTold(int step) {
    return step != StepMarks.NONE && step <= MOST;
  }

  private Step of(int step) {
    return steps.computeIfAbsent(step, any -> new Step());
  }

  /** The percentiles of each step, in order. */
  public List<LagPercentile> rows(Percentiles.Of of) {
    List<LagPercentile> rows = new ArrayList<>();
    steps.forEach(
        (step, lags) ->
            rows.addAll(
                Percentiles.rows(
                    of.inStep(step), lags.upper, lags.lower, lags.intended, lags.unseen)));
    return List.copyOf(rows);
  }
}
