package io.syncanalyzer.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A figure over runs that repeat the same.
 *
 * @param runs how many there are
 */
public record Spread(int runs, LagBound median, LagBound min, LagBound max) {
  /** The spread of these; null where there is none or one of them is unknown. */
  static @Nullable Spread of(List<@Nullable LagBound> figures) {
    List<LagBound> sorted = new ArrayList<>();
    for (LagBound figure : figures) {
      if (figure == null) {
        return null;
      }
      sorted.add(figure);
    }
    if (sorted.isEmpty()) {
      return null;
    }
    sorted.sort(Comparator.comparingDouble(LagBound::micros));
    int middle = sorted.size() / 2;
    LagBound low = sorted.get(sorted.size() % 2 == 1 ? middle : middle - 1);
    LagBound high = sorted.get(middle);
    return new Spread(
        sorted.size(),
        new LagBound((low.micros() + high.micros()) / 2, low.atLeast() || high.atLeast()),
        sorted.get(0),
        sorted.get(sorted.size() - 1));
  }

  /** Whether no run of one lies among the runs of the other. */
  boolean isApartFrom(Spread other) {
    return max.micros() < other.min.micros() || min.micros() > other.max.micros();
  }
}
