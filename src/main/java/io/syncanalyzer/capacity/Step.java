package io.syncanalyzer.capacity;

import io.syncanalyzer.result.capacity.CapacityInterval;
import java.util.Objects;

/** What a search does next. */
public sealed interface Step {
  /**
   * A trial.
   *
   * @param ratePerS at so many writes per second
   * @param why what it is for
   */
  record Try(long ratePerS, Purpose why) implements Step {
    public Try {
      Objects.requireNonNull(why, "why is null");
    }
  }

  /**
   * Nothing more.
   *
   * @param interval what was found, of a replica without a name
   */
  record Found(CapacityInterval interval) implements Step {
    public Found {
      Objects.requireNonNull(interval, "interval is null");
    }
  }
}
