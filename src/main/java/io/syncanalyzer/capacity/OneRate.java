package io.syncanalyzer.capacity;

import io.syncanalyzer.capacity.Step.Try;
import java.util.List;

/** Whether one rate is sustained: so many trials of it, and one that is refuted says that not. */
final class OneRate {
  private final long ratePerS;
  private final int trials;

  OneRate(long ratePerS, int trials) {
    this.ratePerS = ratePerS;
    this.trials = trials;
  }

  Step next(List<Tried> history, Budget budget) {
    RateLooks looks = new RateLooks(ratePerS);
    for (int i = 0; i < history.size(); i++) {
      if (history.get(i).ratePerS() == ratePerS) {
        looks.add(i, history.get(i).outcome());
      }
    }
    boolean isOver =
        looks.refuted() > 0 || looks.trials() >= trials || looks.invalidInARow() >= trials;
    if (!isOver && budget.trials() > 0) {
      return new Try(ratePerS, Purpose.AT_LEAST);
    }
    return Endings.ofOneRate(looks, trials);
  }
}
