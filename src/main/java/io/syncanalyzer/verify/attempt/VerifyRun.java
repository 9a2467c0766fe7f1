package io.syncanalyzer.verify.attempt;

import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.found.Progress;
import io.syncanalyzer.verify.resume.CheckpointFile;
import io.syncanalyzer.verify.scan.CpuShare;
import io.syncanalyzer.verify.server.ServerRetries;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a verification was asked for and what it is given to work with: the same through all of its
 * {@linkplain Attempt attempts}. Safe for use by several threads.
 *
 * @param request what was asked for
 * @param clock measures
 * @param progress is told how far it is
 * @param retries tries again what a server does not serve for a moment
 * @param notes takes a line for what the user is to know of how it went
 * @param stopping whether the user wants it to end
 * @param together what it has together with verifications that go on beside it
 */
public record VerifyRun(
    VerifyRequest request,
    NanoClock clock,
    Progress progress,
    ServerRetries retries,
    Consumer<String> notes,
    BooleanSupplier stopping,
    SideBySide together) {
  public VerifyRun {
    Objects.requireNonNull(request, "request is null");
    Objects.requireNonNull(clock, "clock is null");
    Objects.requireNonNull(progress, "progress is null");
    Objects.requireNonNull(retries, "retries is null");
    Objects.requireNonNull(notes, "notes is null");
    Objects.requireNonNull(stopping, "stopping is null");
    Objects.requireNonNull(together, "together is null");
  }

  /** Holds what it costs the servers; null where that is not held. */
  public @Nullable CpuShare serverCpu() {
    return together.serverCpu();
  }

  /** Where it is written down how far it has come. */
  public CheckpointFile checkpoint() {
    return new CheckpointFile(request.folder());
  }
}
