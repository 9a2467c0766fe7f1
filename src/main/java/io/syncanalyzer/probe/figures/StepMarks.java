package io.syncanalyzer.probe.figures;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** When which step of a load's ramp began and ended. Safe for use by several threads. */
public final class StepMarks {
  /** Between the steps, before the first and after the last. */
  static final int NONE = 0;

  private final List<Mark> marks = new CopyOnWriteArrayList<>();

  private record Mark(long fromNanos, int step) {}

  /** From now on it is that step, or {@link #NONE}. */
  public void mark(long nowNanos, int step) {
    marks.add(new Mark(nowNanos, step));
  }

  /** The step at a time. */
  public int at(long nanos) {
    for (int i = marks.size() - 1; i >= 0; i--) {
      Mark mark = marks.get(i);
      if (nanos - mark.fromNanos() >= 0) {
        return mark.step();
      }
    }
    return NONE;
  }
}
