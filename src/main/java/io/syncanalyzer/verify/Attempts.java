package io.syncanalyzer.verify;

import io.syncanalyzer.fence.Comeback;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.verify.attempt.VerifyRun;
import io.syncanalyzer.verify.server.SlotOwners;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/**
 * Verifies through losses: where a server is lost and comes back in time, another attempt goes on
 * from the last checkpoint. For one thread.
 */
final class Attempts {
  /** So often in a row a connection may be lost before another checkpoint was reached. */
  private static final int MOST_LOSSES = 3;

  private final VerifyRun run;

  Attempts(VerifyRun run) {
    this.run = run;
  }

  /** Makes one attempt. */
  interface OneAttempt {
    /**
     * Makes it.
     *
     * @param resume whether to go on from the checkpoint in the work folder
     */
    void attempt(boolean resume);
  }

  /**
   * Attempts until one ends, or makes no way though its servers came back.
   *
   * @param hasBegun whether any attempt has left something to go on from
   * @throws RedisFailure the loss that was for good
   * @throws io.syncanalyzer.verify.server.SlotsMoved if a node answered that a slot is elsewhere
   * @throws io.syncanalyzer.verify.server.VerifyFailure if another is in a lost server's place
   */
  void run(OneAttempt attempting, BooleanSupplier hasBegun) {
    boolean resume = run.request().resume();
    Succession succession = new Succession(run.request(), run.clock());
    long keysAtLoss = -1;
    int losses = 0;
    while (true) {
      try {
        attempting.attempt(resume);
        return;
      } catch (RedisFailure e) {
        if (e.kind() == RedisFailure.Kind.SLOT_MOVED) {
          throw SlotOwners.moved(e, run.request().slots());
        }
        boolean begun = hasBegun.getAsBoolean();
        long keys = begun ? run.checkpoint().keysDone() : 0;
        losses = keys > keysAtLoss ? 1 : losses + 1;
        keysAtLoss = keys;
        // From its last answer, not from when we gave up waiting for the next.
        long lost = run.clock().nanoTime() - e.silentNanos();
        if (!e.isConnectionLoss() || losses > MOST_LOSSES) {
          throw e;
        }
        BooleanSupplier givenUp =
            () -> {
              succession.refuse();
              return run.stopping().getAsBoolean();
            };
        if (!Comeback.of(e, run.clock(), givenUp, run.progress()::tellWaiting)) {
          throw Comeback.failed(e);
        }
        run.notes()
            .accept(
                String.format(
                    Locale.ROOT,
                    "%s; it answered again after %.1f s, and what was looked at since the last"
                        + " checkpoint was looked at again",
                    e.getMessage(),
                    (run.clock().nanoTime() - lost) / 1e9));
        resume = begun || run.request().resume();
      }
    }
  }
}
