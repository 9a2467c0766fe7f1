package io.syncanalyzer.run;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.result.ExitStatus;
import io.syncanalyzer.result.verify.Mismatch;
import io.syncanalyzer.result.verify.VerifyReport;
import io.syncanalyzer.run.record.Recorder;
import io.syncanalyzer.run.record.RunContext;
import io.syncanalyzer.run.record.RunOutput;
import io.syncanalyzer.run.servers.Servers;
import io.syncanalyzer.run.servers.ServersRequest;
import io.syncanalyzer.run.verify.Comparison;
import io.syncanalyzer.run.verify.Resumption;
import io.syncanalyzer.verify.VerifyPhase;
import io.syncanalyzer.verify.attempt.VerifySettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The comparison alone, of two servers at rest or live. */
public final class VerifyOnly {
  private VerifyOnly() {}

  /**
   * Runs it on the calling thread. An interrupt ends it in order, keeping what it has.
   *
   * @param resume an interrupted run to go on with; its results are replaced once the comparison
   *     has gone on, and kept where it cannot
   * @throws IllegalArgumentException for a request that cannot be run
   */
  public static ExitStatus run(
      RunContext context,
      ServersRequest servers,
      RunOutput output,
      VerifySettings settings,
      Optional<String> resume) {
    Recorder recorder =
        resume.isPresent()
            ? Recorder.again(context, output, Resumption.folder(output, resume.get()), "verify")
            : Recorder.begin(context, output, "verify");
    Iterable<Mismatch> mismatches = List.of();
    try (Servers opened = Servers.open(servers)) {
      recorder.preflight(opened, opened.replicas(), false);
      recorder.warnOfTouching(opened);
      recorder.phase("verify");
      Endpoint source = opened.source();
      Comparison.Outcome outcome =
          Comparison.run(
              context,
              settings,
              source,
              opened.replicas().get(0),
              recorder.folder().runId(),
              Resumption.work(recorder.folder()),
              resume.isPresent());
      recorder.verified(outcome.report(), outcome.failure());
      mismatches = outcome.mismatches();
      if (outcome.summary().incomplete() == null) {
        warnOfAbsentTypes(recorder, settings, outcome.report());
      } else {
        Resumption.hint(recorder.folder(), recorder.report().build())
            .ifPresent(recorder.report()::warning);
      }
    } catch (IllegalArgumentException e) {
      recorder.refused(e);
    } catch (RuntimeException e) {
      recorder.failedUnlessInterrupted(e);
    }
    ExitStatus status = recorder.end(mismatches);
    Path work = Resumption.work(recorder.folder());
    // After an interrupt the comparison may still be at work in it.
    if (status != ExitStatus.INTERRUPTED && !VerifyPhase.canGoOn(work)) {
      Comparison.discard(work);
    }
    return status;
  }

  /** A type that no key has may be a mistyped one, whose keys were all left out. */
  private static void warnOfAbsentTypes(
      Recorder recorder, VerifySettings settings, VerifyReport found) {
    for (String type : settings.scope().types()) {
      if (found.rows().stream().noneMatch(row -> row.type().equals(type))) {
        recorder
            .report()
            .warning("--types " + type + ": neither side has a key of that type to compare");
      }
    }
  }
}
