package io.syncanalyzer.scripted;

import io.syncanalyzer.probe.figures.Lags;
import io.syncanalyzer.probe.figures.UnseenLags;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.HistogramIterationValue;

/** Keeps the lags it takes as they are, to the nanosecond, in words and in their order. */
public final class RecordedLags implements Lags {
  private final List<String> words = new ArrayList<>();

  @Override
  public void record(int step, long upperNanos, long lowerNanos, long intendedNanos) {
    words.add("seen " + lowerNanos + ".." + upperNanos + " of " + intendedNanos + in(step));
  }

  @Override
  public void recordUnseen(int step, long lowerNanos) {
    words.add("unseen " + lowerNanos + in(step));
  }

  /** Below 2,048 ns a histogram has every number as it is. */
  @Override
  public void recordUnseen(UnseenLags many) {
    for (HistogramIterationValue value : many.lower().recordedValues()) {
      words.add(
          "unseen "
              + value.getCountAddedInThisIterationStep()
              + " x "
              + value.getValueIteratedTo());
    }
  }

  private static String in(int step) {
    return step == 0 ? "" : " in step " + step;
  }

  /** What was taken so far: {@code seen 1..6 of 7}, {@code unseen 3}. */
  public List<String> words() {
    return List.copyOf(words);
  }
}
