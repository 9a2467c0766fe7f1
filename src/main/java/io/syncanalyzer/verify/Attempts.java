package io.syncanalyzer.verify;

import io.syncanalyzer.fence.Comeback;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.time.NanoClock;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Verifies through losses: where a server is lost and comes back in time, another attempt goes on
 * from the last checkpoint. For one thread.
 */
final class Attempts {
  /** So often in a row a connection may be lost before another checkpoint was reached. */
  private static final int MOST_LOSSES = 3;

  private final VerifyRequest request;
  private final NanoClock clock;
  private final BooleanSupplier stopping;
  private final List<String> notes;
  private final Consumer<String> waiting;

  /**
   * @param stopping whether to wait for no server any more
   * @param notes takes a line for each loss that was come back from
   * @param waiting told every few seconds who is waited for
   */
  Attempts(
      VerifyRequest request,
      NanoClock clock,
      BooleanSupplier stopping,
      List<String> notes,
      Consumer<String> waiting) {
    this.request = request;
    this.clock = clock;
    this.stopping = stopping;
    this.notes = notes;
    this.waiting = waiting;
  }

  /** One attempt, from its beginning or from the checkpoint in the request's folder. */
  interface Attempt {
    void verify(VerifyRequest request);
  }

  /**
   * Attempts until one ends, or makes no way though its servers came back.
   *
   * @param hasBegun whether any attempt has left something to go on from
   * @throws RedisFailure the loss that was for good
   */
  void run(Attempt attempt, BooleanSupplier hasBegun) {
    VerifyRequest next = request;
    long keysAtLoss = -1;
    int losses = 0;
    while (true) {
      try {
        attempt.verify(next);
        return;
      } catch (RedisFailure e) {
        boolean begun = hasBegun.getAsBoolean();
        long keys = begun ? keysAtCheckpoint() : 0;
        losses = keys > keysAtLoss ? 1 : losses + 1;
        keysAtLoss = keys;
        // From its last answer, not from when we gave up waiting for the next.
        long lost = clock.nanoTime() - e.silentNanos();
        if (!e.isConnectionLoss() || losses > MOST_LOSSES) {
          throw e;
        }
        if (!Comeback.of(e, clock, stopping, waiting)) {
          throw Comeback.failed(e);
        }
        notes.add(
            String.format(
                Locale.ROOT,
                "%s; it answered again after %.1f s, and what was looked at since the last"
                    + " checkpoint was looked at again",
                e.getMessage(),
                (clock.nanoTime() - lost) / 1e9));
        next = begun ? request.resumed() : request;
      }
    }
  }

  private long keysAtCheckpoint() {
    return Checkpoint.read(request.folder()).map(Checkpoint::keysDone).orElse(0L);
  }
}
