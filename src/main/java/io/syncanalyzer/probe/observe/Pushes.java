package io.syncanalyzer.probe.observe;

/** What a push observer has been told, for the poll to ask. */
public interface Pushes {
  /** The answer for a sentinel that no push has told of. */
  long NOT_SEEN = Long.MIN_VALUE;

  /** When a push told that the sentinel is there, or {@link #NOT_SEEN}. */
  long seenNanos(int lane, long sequence);

  /**
   * Of how many keys the replica has told by itself, those that the poll had found before and those
   * of other lanes too; for any thread.
   */
  default long told() {
    return 0;
  }

  /** Whether it is by client tracking that the replica tells. */
  default boolean isTracking() {
    return false;
  }

  /** How arrivals are noticed, and why so, in one line. */
  String description();

  /** Lets go of a replica that has become the source of what is written; for any thread. */
  default void leaveIfTaken() {}

  /** Asks for the end. */
  void stop();

  /** No push observer. */
  record None(String description) implements Pushes {
    @Override
    public long seenNanos(int lane, long sequence) {
      return NOT_SEEN;
    }

    @Override
    public void stop() {
      // There is nothing to end.
    }
  }
}
