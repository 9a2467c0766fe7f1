package io.syncanalyzer.redis.wire;

/**
 * What one reply may cost us, whatever the server claims or sends: how many bytes it may make us
 * hold, how long a string it may announce, and how many elements may still be to come.
 *
 * <p>The memory is a share of the heap, as several connections read side by side: 4 MiB at least, a
 * sixteenth of it else, 1 GiB at most. Strings that are compared or digested as they stream by are
 * not held. Not safe for use by several threads.
 */
final class ReplyBudget {
  private static final long LONGEST_STRING = 4L << 30;
  private static final long MOST_ELEMENTS = 1L << 40;
  private static final long LEAST_HELD = 4L << 20;
  private static final long MOST_HELD = 1L << 30;
  private static final int SHARE = 16;

  /** What an object costs beside its bytes. */
  private static final int OVERHEAD = 64;

  private final long most =
      Math.max(LEAST_HELD, Math.min(MOST_HELD, Runtime.getRuntime().maxMemory() / SHARE));
  private long owed;
  private long held;

  /** Takes an element; true where it is the first of a reply. */
  boolean begins() {
    boolean first = owed == 0;
    if (first) {
      owed = 1;
      held = 0;
    }
    owed--;
    return first;
  }

  /** Notes that so many elements follow; false where that is more than any reply has. */
  boolean follow(long elements) {
    if (elements > Integer.MAX_VALUE) {
      return false;
    }
    owed += Math.max(0, elements);
    return owed <= MOST_ELEMENTS;
  }

  /** Whether elements of a reply that has begun are still to come. */
  boolean isOwed() {
    return owed > 0;
  }

  /** Whether a string may be that long. */
  static boolean maySend(long bytes) {
    return bytes <= LONGEST_STRING;
  }

  /** Notes that so many bytes are about to be held; false where that is too much. */
  boolean hold(long bytes) {
    // The claim may be near the largest number there is: compared before it is added.
    if (bytes > most) {
      return false;
    }
    held += bytes + OVERHEAD;
    return held <= most;
  }

  /** Says that what was held is no longer. */
  void forgetHeld() {
    held = 0;
  }

  /** How many bytes one reply may make us hold. */
  long most() {
    return most;
  }
}
