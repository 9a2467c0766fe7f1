package io.syncanalyzer.run.record;

import io.syncanalyzer.embedded.EmbeddedFailure;
import io.syncanalyzer.fence.FenceFailure;
import io.syncanalyzer.insert.fork.InsertFailure;
import io.syncanalyzer.load.memtier.LoadFailure;
import io.syncanalyzer.probe.figures.ProbeFailure;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.report.files.ReportFailure;
import io.syncanalyzer.verify.server.VerifyFailure;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Why a run failed, in one line. */
public final class FailureLine {
  private FailureLine() {}

  /** The failure's own line where it was made for the user, else that it is a mistake of ours. */
  public static String of(RuntimeException e, String phase) {
    return isForTheUser(e)
        ? Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName())
        : "internal error in " + phase + ": " + e;
  }

  /** Whether the message of {@code e} is a line made for the user. */
  static boolean isForTheUser(RuntimeException e) {
    return e instanceof RedisFailure
        || e instanceof EmbeddedFailure
        || e instanceof LoadFailure
        || e instanceof InsertFailure
        || e instanceof ProbeFailure
        || e instanceof VerifyFailure
        || e instanceof FenceFailure
        || e instanceof ReportFailure
        || e instanceof IllegalArgumentException
        || e instanceof UncheckedIOException;
  }
}
