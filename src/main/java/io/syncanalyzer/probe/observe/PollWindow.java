package io.syncanalyzer.probe.observe;

/**
 * Which of the outstanding a poll asks for: the oldest, as replication keeps the order, and some of
 * the others in turn, so that keys that never come hold nobody up. For one thread; allocates
 * nothing.
 *
 * <p>The window of the oldest is 8 wide while nothing arrives, and widens up to 4096 while all of
 * it arrives. The longer a round takes, the more sentinels may arrive within it, and the less the
 * replica feels being asked for more: each is to be missed once before it is seen, or its lower
 * bound says nothing.
 */
final class PollWindow {
  private static final int WIDEST = 4096;
  private static final int NARROWEST = 8;
  private static final int LEAST_SAMPLE = 4;

  /** A poll asks for no more. */
  static final int MOST = WIDEST + WIDEST / 4;

  private final long nanosPerKey;
  private int width = NARROWEST;
  private int leastWidth = NARROWEST;
  private int rotation;
  private long lastPollNanos;
  private int size;
  private int oldest;
  private int others;
  private int settledOldest;
  private int settledOthers;

  /**
   * @param nanosPerKey for each so long since the last poll a key may be asked for
   */
  PollWindow(long nanosPerKey) {
    this.nanosPerKey = nanosPerKey;
  }

  /** A poll begins, with so many outstanding; at least one. */
  void begin(int outstanding, long now) {
    long affordable = (now - lastPollNanos) / nanosPerKey;
    leastWidth = (int) Math.min(WIDEST, Math.max(NARROWEST, affordable));
    width = Math.max(width, leastWidth);
    lastPollNanos = now;
    size = outstanding;
    oldest = Math.min(size, width);
    others = Math.min(size - oldest, Math.max(LEAST_SAMPLE, width / 4));
    settledOldest = 0;
    settledOthers = 0;
  }

  /** How many it asks for. */
  int count() {
    return oldest + others;
  }

  /** The place among the outstanding of the one that it asks for at that turn. */
  int place(int turn) {
    return turn < oldest ? turn : oldest + (rotation + turn - oldest) % (size - oldest);
  }

  /** All were asked for: the next poll goes on with the others after these. */
  void asked() {
    rotation = others == 0 ? 0 : (rotation + others) % (size - oldest);
  }

  /** The one asked for at that turn is settled. */
  void settled(int turn) {
    if (turn < oldest) {
      settledOldest++;
    } else {
      settledOthers++;
    }
  }

  /** Among how many of the outstanding, from the oldest on, those asked for are. */
  int reach() {
    return others == 0 ? oldest : size;
  }

  /**
   * The poll has ended: widens the window while all of it arrives, or while only others do (the
   * oldest may never come); narrows it while nothing does.
   */
  void end() {
    if (settledOldest == oldest) {
      width = Math.min(WIDEST, 2 * width);
    } else if (settledOldest == 0 && settledOthers > 0) {
      width = WIDEST;
    } else if (settledOldest == 0) {
      width = Math.max(leastWidth, width / 2);
    }
  }
}
