package io.syncanalyzer.probe.observe;

import io.syncanalyzer.probe.cost.PollSpacing;
import io.syncanalyzer.probe.write.SessionClockwork;

/** When it is the next poll's turn, by what was asked and told so far. For one thread. */
final class PollTurn {
  private final SessionClockwork clockwork;
  private final PollSpacing spacing;
  private final Arrivals arrivals;
  private final Pushes pushes;
  private long spacedUntil;
  private long toldBefore;

  PollTurn(SessionClockwork clockwork, PollSpacing spacing, Arrivals arrivals, Pushes pushes) {
    this.clockwork = clockwork;
    this.spacing = spacing;
    this.arrivals = arrivals;
    this.pushes = pushes;
    this.spacedUntil = clockwork.now();
  }

  /** A poll has ended. */
  void ended() {
    spacedUntil = spacing.nextAt(clockwork.now(), arrivals.lagNanos());
  }

  /** How long until the next one is to begin, of what is outstanding; 0 or less = now. */
  long waitNanos() {
    long now = clockwork.now();
    long told = pushes.told();
    spacing.told(now, told - toldBefore);
    toldBefore = told;
    return Math.max(spacedUntil - now, arrivals.firstLookAt() - now);
  }
}
