package io.syncanalyzer.run;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.result.ExitStatus;
import io.syncanalyzer.result.verify.Mismatch;
import io.syncanalyzer.result.verify.VerifyReport;
import io.syncanalyzer.run.record.Recorder;
import io.syncanalyzer.run.record.RunContext;
import io.syncanalyzer.run.record.RunOutput;
import io.syncanalyzer.run.servers.Servers;
import io.syncanalyzer.run.servers.ServersRequest;
import io.syncanalyzer.run.verify.Compared;
import io.syncanalyzer.run.verify.Comparison;
import io.syncanalyzer.run.verify.Comparisons;
import io.syncanalyzer.run.verify.Resumption;
import io.syncanalyzer.verify.attempt.VerifySettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The comparison alone, of a source and one replica or several, at rest or live. */
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
      Map<String, RedisFailure> lost = preflight(context, recorder, opened);
      recorder.warnOfTouching(opened);
      recorder.phase("verify");
      Compared found =
          new Comparisons(
                  context,
                  settings,
                  recorder.folder().runId(),
                  Resumption.work(recorder.folder()),
                  resume.isPresent())
              .run(opened.layout(), opened::relayout, lost);
      recorder.verified(found.report(), found.failure());
      warn(recorder, settings, found.report(), found.complete());
      mismatches = found.mismatches();
    } catch (IllegalArgumentException e) {
      recorder.refused(e);
    } catch (RuntimeException e) {
      recorder.failedUnlessInterrupted(e);
    }
    ExitStatus status = recorder.end(mismatches);
    Path work = Resumption.work(recorder.folder());
    // After an interrupt the comparison may still be at work in it.
    if (status != ExitStatus.INTERRUPTED && !Resumption.canGoOn(work)) {
      Comparison.discard(work);
    }
    return status;
  }

  /**
   * One of several that cannot be used does not take the others' results away.
   *
   * @return those, by their addresses
   */
  private static Map<String, RedisFailure> preflight(
      RunContext context, Recorder recorder, Servers opened) {
    Map<String, RedisFailure> lost = new LinkedHashMap<>();
    List<Endpoint> usable = new ArrayList<>(opened.replicas());
    while (true) {
      try {
        recorder.preflight(opened, usable, false);
        return lost;
      } catch (RedisFailure e) {
        String address = e.endpoint().address();
        if (e.endpoint().side() == Side.SOURCE
            || usable.size() == 1
            || !usable.removeIf(one -> one.address().equals(address))) {
          throw e;
        }
        lost.put(address, e);
        context.console().warn(String.valueOf(e.getMessage()));
      }
    }
  }

  private static void warn(
      Recorder recorder, VerifySettings settings, VerifyReport report, boolean complete) {
    if (complete) {
      warnOfAbsentTypes(recorder, settings, report);
    } else {
      Resumption.hint(recorder.folder(), recorder.report().build())
          .ifPresent(recorder.report()::warning);
    }
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
