package io.syncanalyzer.run.clean;

import io.syncanalyzer.probe.LagSummary;
import io.syncanalyzer.redis.Counted;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.topology.Shard;
import io.syncanalyzer.redis.topology.Topology;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.run.record.Recorder;
import io.syncanalyzer.run.record.RunContext;
import io.syncanalyzer.sentinel.KeyCensus;
import io.syncanalyzer.sentinel.KeyPrefix;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;

/** The end of a run's own sentinels. */
public final class SentinelRemoval {
  private SentinelRemoval() {}

  /**
   * Removes a run's sentinels at its end; what cannot be removed is said, and how to do it later.
   *
   * <p>Runs to its end even where the run was interrupted: what is left behind would be found by
   * whoever looks at the source next.
   */
  public static void run(
      RunContext context, Recorder recorder, Topology source, LagSummary written) {
    boolean interrupted = Thread.interrupted();
    String prefix = KeyPrefix.ofRun(recorder.folder().runId());
    boolean failed = recorder.report().build().failure() != null;
    // The ranges may not tell all that was written; a scan finds the rest.
    boolean scanning = interrupted || failed || written.incomplete() != null;
    AtomicBoolean atomic = new AtomicBoolean(true);
    try {
      LongConsumer looked = context.keysLooked("the run's sentinels are removed");
      KeyCensus census =
          new EveryPrimary(context, source)
              .removing(
                  (shard, found) -> {
                    if (!removed(context, shard, written, scanning ? prefix : "", found, looked)) {
                      atomic.set(false);
                    }
                  });
      context.console().line(Counted.words(census.ours(), "sentinel") + " removed");
      KeyRemoval.left(census, atomic.get(), prefix).forEach(context.console()::line);
    } catch (RedisFailure e) {
      recorder
          .report()
          .warning(
              "the sentinels of this run are still on the source ("
                  + e.getMessage()
                  + "); remove them with: clean --run-id "
                  + recorder.folder().runId());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static boolean removed(
      RunContext context,
      Shard shard,
      LagSummary written,
      String scanned,
      KeyCensus found,
      LongConsumer looked) {
    return KeyRemoval.removing(
        context,
        RedisConnection::open,
        shard.primary(),
        shard.slots(),
        found,
        looked,
        cleaner -> {
          cleaner.remove(written.written(), found);
          if (!scanned.isEmpty()) {
            cleaner.removePrefix(scanned, found);
          }
        });
  }
}
