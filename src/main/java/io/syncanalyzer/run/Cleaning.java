package io.syncanalyzer.run;

import io.syncanalyzer.probe.LagSummary;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisConnection;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.report.ExitStatus;
import io.syncanalyzer.sentinel.KeyPrefix;
import io.syncanalyzer.sentinel.SentinelCleaner;
import java.io.PrintStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Removes from a source what the analyzer wrote to it. */
public final class Cleaning {
  private Cleaning() {}

  /**
   * Removes everything of ours, or only what one run wrote, and says how much that was.
   *
   * @param runId null = everything
   * @throws RedisFailure if the source cannot be used
   */
  public static ExitStatus clean(Endpoint source, @Nullable String runId, PrintStream out) {
    String prefix = runId == null ? KeyPrefix.ALL : KeyPrefix.ofRun(runId);
    try (RedisConnection connection = RedisConnection.open(source)) {
      Reply mark = connection.call("GET", SelftestKeys.MARK);
      long removed = new SentinelCleaner(connection).removePrefix(prefix);
      out.printf(
          Locale.ROOT,
          "%,d keys with the prefix %s removed from the %s%n",
          removed,
          prefix,
          source);
      if (runId == null && mark instanceof Reply.Text before) {
        out.printf(
            "a selftest was killed here: its replica may still hold keys %s* of its own and be"
                + " writable; there, CONFIG SET replica-read-only %s%n",
            SelftestKeys.PREFIX, before.bytes().asUtf8());
      }
    }
    return Thread.currentThread().isInterrupted() ? ExitStatus.INTERRUPTED : ExitStatus.ALL_EQUAL;
  }

  /**
   * Removes a run's sentinels at its end; what cannot be removed is said, and how to do it later.
   *
   * <p>Runs to its end even where the run was interrupted: what is left behind would be found by
   * whoever looks at the source next.
   */
  static void removeSentinels(
      RunContext context, Recorder recorder, Endpoint source, LagSummary written) {
    boolean interrupted = Thread.interrupted();
    try (RedisConnection connection = RedisConnection.open(source)) {
      SentinelCleaner cleaner = new SentinelCleaner(connection);
      long removed = cleaner.remove(written.written());
      boolean failed = recorder.report().build().failure() != null;
      if (interrupted || failed || written.incomplete() != null) {
        // The ranges may not tell all that was written; a scan finds the rest.
        removed += cleaner.removePrefix(KeyPrefix.ofRun(recorder.folder().runId()));
      }
      context.console().line(String.format(Locale.ROOT, "%,d sentinels removed", removed));
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
}
