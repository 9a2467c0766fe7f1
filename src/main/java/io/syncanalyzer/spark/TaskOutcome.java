package io.syncanalyzer.spark;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.verify.VerifySummary;
import io.syncanalyzer.verify.server.SlotsMoved;
import io.syncanalyzer.verify.server.VerifyFailure;

/**
 * What a task came to. A failure is a result as well: a task that threw would be run again by
 * Spark, and what is to be done again is the verification's to say.
 */
sealed interface TaskOutcome {
  /** It was compared. */
  record Compared(VerifySummary summary) implements TaskOutcome {}

  /** Slots are elsewhere by now. */
  record Moved(Endpoint node, SlotSet slots) implements TaskOutcome {}

  /** A server could not be used. */
  record Unusable(RedisFailure.Kind failure, Endpoint endpoint, String message, long silentNanos)
      implements TaskOutcome {}

  /** The verification could not begin. */
  record Failed(VerifyFailure.Kind failure, String message) implements TaskOutcome {}

  /** The outcome that ended with {@code thrown}. */
  static TaskOutcome of(Throwable thrown) {
    if (thrown instanceof SlotsMoved moved) {
      return new Moved(moved.node(), moved.slots());
    }
    if (thrown instanceof OutOfMemoryError) {
      return new Failed(
          VerifyFailure.Kind.MEMORY,
          "out of memory: keys or fields are larger than its heap can hold; give more with"
              + " spark.executor.memory, or fewer cores to an executor");
    }
    String message = String.valueOf(thrown.getMessage());
    if (thrown instanceof RedisFailure redis) {
      return new Unusable(redis.kind(), redis.endpoint(), message, redis.silentNanos());
    }
    return thrown instanceof VerifyFailure failure
        ? new Failed(failure.kind(), message)
        : new Failed(VerifyFailure.Kind.EXECUTOR, thrown.toString());
  }

  /**
   * What was found.
   *
   * @param executor who says so
   * @throws RuntimeException what kept it from that, as the verification throws it
   */
  default VerifySummary summary(String executor) {
    if (this instanceof Compared compared) {
      return compared.summary();
    }
    if (this instanceof Moved moved) {
      throw new SlotsMoved(moved.node(), moved.slots());
    }
    if (this instanceof Unusable one) {
      throw new RedisFailure(one.failure(), one.endpoint(), one.message(), null)
          .silentFor(one.silentNanos());
    }
    Failed failed = (Failed) this;
    throw new VerifyFailure(
        failed.failure(), "executor " + executor + ": " + failed.message(), null);
  }
}
