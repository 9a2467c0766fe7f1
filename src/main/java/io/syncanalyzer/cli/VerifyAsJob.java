package io.syncanalyzer.cli;

import io.syncanalyzer.cli.options.ServersTogether;
import io.syncanalyzer.report.files.RunFolder;
import io.syncanalyzer.run.record.RunContext;
import io.syncanalyzer.run.servers.ServersRequest;
import io.syncanalyzer.sentinel.RunName;
import io.syncanalyzer.spark.Job;
import io.syncanalyzer.spark.mirror.RunMirror;
import io.syncanalyzer.time.WallClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code verify} whose partitions a job compares. Results that are to go to one of the job's file
 * systems are written to a folder of this machine, which stays, and copied from there.
 */
final class VerifyAsJob {
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final VerifyCommand verify;
  private final Job job;

  VerifyAsJob(VerifyCommand verify, Job job) {
    this.verify = Objects.requireNonNull(verify, "verify is null");
    this.job = Objects.requireNonNull(job, "job is null");
  }

  /** Runs it, and gives the exit status. */
  int call() {
    verify.connection.refusePasswordsInUris();
    ServersRequest servers = ServersTogether.ofEachReplicaOnce(verify.servers());
    Optional<String> elsewhere = verify.resultsElsewhere();
    if (verify.dryRun) {
      return verify.plan(
          servers,
          verify.runOutput(verify.output.results, Optional.ofNullable(verify.output.runId)));
    }
    RunContext context =
        verify.runContext(job.work(Optional.ofNullable(verify.connection.secretsFile)));
    return elsewhere.isPresent()
        ? copied(context, servers, elsewhere.get())
        : verify.run(context, servers, verify.runOutput(), verify.resume());
  }

  private int copied(RunContext context, ServersRequest servers, String location) {
    String run =
        verify
            .resume()
            .or(() -> Optional.ofNullable(verify.output.runId))
            .orElseGet(() -> RunFolder.defaultId(WallClock.SYSTEM.instant()));
    RunName.check(run);
    int status;
    try {
      Path results = Files.createTempDirectory("analyzer-results-");
      try (RunMirror mirror =
          new RunMirror(job.folder(location), results, run, EVERY, context.console()::warn)) {
        if (verify.resume().isPresent()) {
          mirror.pull();
        } else {
          mirror.begin();
        }
        status =
            verify.run(
                context,
                servers,
                verify.runOutput(
                    results,
                    verify.resume().isPresent()
                        ? Optional.ofNullable(verify.output.runId)
                        : Optional.of(run)),
                // The one that was brought here, and none of that name beside us.
                verify.resume().map(name -> results.resolve(name).toString()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("--results " + location + ": " + e.getMessage(), e);
    }
    context.console().line("copied to " + location + (location.endsWith("/") ? "" : "/") + run);
    return status;
  }
}
