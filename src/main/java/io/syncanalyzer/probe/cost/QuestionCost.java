package io.syncanalyzer.probe.cost;

import java.util.OptionalDouble;

/**
 * What a poll costs a server, in nanoseconds of its CPU: most of it is that it is woken, reads and
 * answers; the keys add little.
 *
 * @param questionNanos of a poll, whatever it asks for
 * @param keyNanos of each key in it
 * @param pushNanos of each key that the server tells of by itself
 * @param measured whether questions and keys were measured on that very server; else assumed
 */
public record QuestionCost(long questionNanos, long keyNanos, long pushNanos, boolean measured) {
  /**
   * Where it cannot be measured, as the server hides its CPU, is far, or is busy with other work:
   * rather much, so that the budget is kept.
   */
  public static final QuestionCost ASSUMED = of(20_000, 1_000, false);

  public QuestionCost {
    if (questionNanos <= 0 || keyNanos <= 0 || pushNanos <= 0) {
      throw new IllegalArgumentException("a question costs something");
    }
  }

  /**
   * Where it is not known what a push costs: as much as a question, which is rather much, as
   * nothing need be read for it.
   */
  static QuestionCost of(long questionNanos, long keyNanos, boolean measured) {
    return new QuestionCost(questionNanos, keyNanos, questionNanos, measured);
  }

  /** The same with what a push was measured to cost there; empty = it was not. */
  public QuestionCost withPush(OptionalDouble nanos) {
    return nanos.isEmpty()
        ? this
        : new QuestionCost(
            questionNanos, keyNanos, Math.max(1, Math.round(nanos.getAsDouble())), measured);
  }

  /** Of so many keys told of by the server itself. */
  public long pushesNanos(long pushes) {
    return pushes * pushNanos;
  }

  /** Of so many polls for so many keys in all. */
  public long nanos(long polls, long keys) {
    return polls * questionNanos + keys * keyNanos;
  }
}
