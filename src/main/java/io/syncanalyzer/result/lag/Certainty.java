package io.syncanalyzer.result.lag;

import java.util.Locale;

/** How sure it is that a cause is the cause. */
public enum Certainty {
  /** Seen itself: what was observed is that cause, and as long as the lag. */
  CERTAIN,
  /** Seen at that time, and enough to bring it about. */
  LIKELY,
  /** Seen at that time; whether it is enough is not known. */
  POSSIBLE,
  /** No cause was seen. */
  NONE;

  /** As a file has it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
