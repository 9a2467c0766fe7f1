package io.syncanalyzer.run.drain;

import io.syncanalyzer.fence.Comeback;
import io.syncanalyzer.fence.Fence;
import io.syncanalyzer.fence.FenceFailure;
import io.syncanalyzer.fence.FenceMode;
import io.syncanalyzer.fence.Fences;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.topology.ShardPair;
import io.syncanalyzer.run.record.RunContext;
import io.syncanalyzer.time.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The drain of one pair: what came of it is known once {@link #run} has returned. One thread's. */
final class PairDrain {
  private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final RunContext context;
  private final FenceMode fence;
  private final Duration timeout;
  private final String runId;
  private final long loadEndedNanos;
  private final List<String> failovers = new ArrayList<>();
  private String shard = "";
  private String description = "none was passed";
  private @Nullable Double seconds;
  private @Nullable String failure;
  private @Nullable RedisFailure lost;

  PairDrain(
      RunContext context, FenceMode fence, Duration timeout, String runId, long loadEndedNanos) {
    this.context = context;
    this.fence = fence;
    this.timeout = timeout;
    this.runId = runId;
    this.loadEndedNanos = loadEndedNanos;
  }

  /** Passes a fence, or finds out why that cannot be. */
  void run(ShardPair asked) {
    ShardPair pair = asked;
    shard = asked.shard();
    while (true) {
      try {
        ShardPair now = pair;
        context.patience().insist(() -> pass(now));
        seconds = (context.clock().nanoTime() - loadEndedNanos) / 1e9;
        return;
      } catch (FenceFailure e) {
        Optional<ShardPair> moved =
            e.kind() == FenceFailure.Kind.REPLACED
                ? MovedPair.soon(pair, context.clock(), left())
                : Optional.empty();
        if (moved.isEmpty() || left().isZero()) {
          failure = Objects.requireNonNull(e.getMessage());
          return;
        }
        pair = followed(pair, moved.get());
      } catch (RedisFailure e) {
        Optional<ShardPair> moved = MovedPair.mayBe(e) ? MovedPair.of(pair) : Optional.empty();
        if (moved.isPresent() && !left().isZero()) {
          pair = followed(pair, moved.get());
        } else if (!isOnItsWay(pair, e) && !isThereAgain(e)) {
          return;
        }
      }
    }
  }

  private ShardPair followed(ShardPair before, ShardPair after) {
    failovers.add("drain: " + MovedPair.words(before, after));
    context.console().line(failovers.get(failovers.size() - 1));
    return after;
  }

  /** Whether it is the fence's slot that is being moved, which is waited for a while. */
  private boolean isOnItsWay(ShardPair pair, RedisFailure e) {
    boolean waits =
        e.kind() == RedisFailure.Kind.SLOT_MOVED
            && MovedPair.mayMove(pair)
            && !left().isZero()
            && !Thread.currentThread().isInterrupted();
    if (waits) {
      context.clock().park(Math.min(BETWEEN_NANOS, left().toNanos()));
    }
    return waits;
  }

  private boolean isThereAgain(RedisFailure e) {
    if (!e.isConnectionLoss() || left().isZero()) {
      lost(e);
      return false;
    }
    context.console().line("drain: " + e.getMessage() + "; trying again");
    boolean back =
        Comeback.of(
            e, context.clock(), Thread.currentThread()::isInterrupted, context.console()::waiting);
    if (!back) {
      lost(Comeback.failed(e));
    }
    return back;
  }

  private void pass(ShardPair pair) {
    try (Fence passed = Fences.choose(fence, pair, runId, context.clock())) {
      description = passed.description();
      Waiting wait = new Waiting(context.clock(), context.console()::waiting);
      passed.pass(left(), how -> wait.on("the replica " + how));
    }
  }

  private Duration left() {
    Duration gone = Duration.ofNanos(context.clock().nanoTime() - loadEndedNanos);
    Duration left = timeout.minus(gone);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private void lost(RedisFailure e) {
    lost = e;
    failure = Objects.requireNonNull(e.getMessage());
  }

  /** What came of it. */
  Drain.Drained drained() {
    return new Drain.Drained(shard, description, seconds, failure);
  }

  /** The server that is gone. */
  Optional<RedisFailure> lost() {
    return Optional.ofNullable(lost);
  }

  /** Servers that others took the place of meanwhile, a line each. */
  List<String> failovers() {
    return failovers;
  }
}
