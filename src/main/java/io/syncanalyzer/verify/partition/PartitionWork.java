package io.syncanalyzer.verify.partition;

import io.syncanalyzer.result.verify.VerifyPartition;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.VerifyPhase;
import io.syncanalyzer.verify.VerifySummary;
import io.syncanalyzer.verify.attempt.SideBySide;
import io.syncanalyzer.verify.attempt.VerifyRequest;
import io.syncanalyzer.verify.found.VerifyProgress;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Carries out the verification of a partition: in this JVM ({@link #here}), or wherever else there
 * are machines for it. Which partitions there are, whose turn it is and what becomes of a result is
 * not its business. {@link #verify} is called by several threads, for a partition each.
 */
@FunctionalInterface
public interface PartitionWork {
  /**
   * Verifies it, on the calling thread, which may be interrupted. The mismatches are in a file of
   * the request's folder when this returns.
   *
   * @param progress told how far it is
   * @param together what it has together with the others
   * @throws io.syncanalyzer.redis.RedisFailure if a server cannot be reached or used
   * @throws io.syncanalyzer.verify.server.SlotsMoved if slots are elsewhere by now
   * @throws io.syncanalyzer.verify.server.VerifyFailure what else kept it from beginning
   */
  Found verify(VerifyRequest request, Consumer<VerifyProgress> progress, SideBySide together);

  /** So many at once at most. Each takes memory: here as many as processors are busy with. */
  default int atOnce() {
    return Math.max(2, Math.min(8, 2 * Runtime.getRuntime().availableProcessors()));
  }

  /** Whether it is this JVM that talks to the servers: several replicas are read together then. */
  default boolean isHere() {
    return true;
  }

  /**
   * What came of it.
   *
   * @param summary what was found
   * @param executor who did it
   * @param waitedNanos how long it waited for one who did
   */
  record Found(VerifySummary summary, String executor, long waitedNanos) {
    public Found {
      Objects.requireNonNull(summary, "summary is null");
      Objects.requireNonNull(executor, "executor is null");
    }

    /** Of what was done at once by this JVM. */
    public static Found here(VerifySummary summary) {
      return new Found(summary, VerifyPartition.LOCAL, 0);
    }
  }

  /** By this JVM, each on the thread that asks for it. */
  static PartitionWork here(NanoClock clock) {
    return (request, progress, together) ->
        Found.here(new VerifyPhase(progress, clock).run(request, together));
  }
}
