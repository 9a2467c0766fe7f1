package io.syncanalyzer.time;

import java.time.Clock;

/** The time of day. It labels what is kept; {@link NanoClock} measures. */
public final class WallClock {
  /** The machine's own clock, in UTC. */
  public static final Clock SYSTEM = Clock.systemUTC();

  private WallClock() {}
}
