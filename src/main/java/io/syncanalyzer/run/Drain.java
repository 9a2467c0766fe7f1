package io.syncanalyzer.run;

import io.syncanalyzer.fence.Comeback;
import io.syncanalyzer.fence.Fence;
import io.syncanalyzer.fence.FenceFailure;
import io.syncanalyzer.fence.Fences;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.result.DrainReport;
import io.syncanalyzer.run.record.Recorder;
import io.syncanalyzer.run.record.RunContext;
import io.syncanalyzer.time.Waiting;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Waits until the replica has everything, through losses of either server. */
final class Drain {
  private final RunContext context;
  private final Recorder recorder;
  private final LoadAndVerifyRequest request;
  private String description = "none was passed";

  Drain(RunContext context, Recorder recorder, LoadAndVerifyRequest request) {
    this.context = context;
    this.recorder = recorder;
    this.request = request;
  }

  /**
   * Drains. What it could not be done for is in the report; a server that is gone ends the run.
   *
   * @param loadEndedNanos from when on the drain's time counts, on the context's clock
   */
  DrainReport run(Endpoint source, Endpoint replica, long loadEndedNanos) {
    while (true) {
      try {
        context.patience().insist(() -> pass(source, replica, left(loadEndedNanos)));
        return report((context.clock().nanoTime() - loadEndedNanos) / 1e9, null);
      } catch (FenceFailure e) {
        return report(null, e);
      } catch (RedisFailure e) {
        if (!e.isConnectionLoss() || left(loadEndedNanos).isZero()) {
          return lost(e);
        }
        context.console().line("drain: " + e.getMessage() + "; trying again");
        if (!Comeback.of(
            e,
            context.clock(),
            Thread.currentThread()::isInterrupted,
            context.console()::waiting)) {
          return lost(Comeback.failed(e));
        }
      }
    }
  }

  private void pass(Endpoint source, Endpoint replica, Duration left) {
    try (Fence fence =
        Fences.choose(
            request.verify().settling().fence(),
            source,
            replica,
            recorder.folder().runId(),
            context.clock())) {
      description = fence.description();
      Waiting wait = new Waiting(context.clock(), context.console()::waiting);
      fence.pass(left, how -> wait.on("the replica " + how));
    }
  }

  private Duration left(long loadEndedNanos) {
    Duration gone = Duration.ofNanos(context.clock().nanoTime() - loadEndedNanos);
    Duration left = request.ending().drainTimeout().minus(gone);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** What the probe has seen until then is collected all the same. */
  private DrainReport lost(RedisFailure e) {
    recorder.failedUnlessInterrupted(e);
    return report(null, e);
  }

  private DrainReport report(@Nullable Double seconds, @Nullable RuntimeException failure) {
    return new DrainReport(
        description,
        seconds,
        request.ending().drainTimeout().toNanos() / 1e9,
        failure == null ? null : Objects.requireNonNull(failure.getMessage()));
  }
}
