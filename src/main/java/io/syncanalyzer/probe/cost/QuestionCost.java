package io.syncanalyzer.probe.cost;

/**
 * What a poll costs a server, in nanoseconds of its CPU: most of it is that it is woken, reads and
 * answers; the keys add little.
 *
 * @param questionNanos of a poll, whatever it asks for
 * @param keyNanos of each key in it
 * @param measured whether it was measured on that very server; else it is assumed
 */
public record QuestionCost(long questionNanos, long keyNanos, boolean measured) {
  /**
   * Where it cannot be measured, as the server hides its CPU, is far, or is busy with other work:
   * rather much, so that the budget is kept.
   */
  public static final QuestionCost ASSUMED = new QuestionCost(20_000, 1_000, false);

  public QuestionCost {
    if (questionNanos <= 0 || keyNanos <= 0) {
      throw new IllegalArgumentException("a question costs something");
    }
  }

  /** Of so many arrivals told by the server itself: each is about half a question. */
  public double pushesNanos(long pushes) {
    return pushes * questionNanos / 2.0;
  }

  /** Of so many polls for so many keys in all. */
  public long nanos(long polls, long keys) {
    return polls * questionNanos + keys * keyNanos;
  }
}
