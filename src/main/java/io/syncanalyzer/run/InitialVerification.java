package io.syncanalyzer.run;

import io.syncanalyzer.redis.Counted;
import io.syncanalyzer.redis.topology.Layout;
import io.syncanalyzer.result.figure.Numbers;
import io.syncanalyzer.result.verify.VerifyReport;
import io.syncanalyzer.run.record.Recorder;
import io.syncanalyzer.run.record.RunContext;
import io.syncanalyzer.run.verify.Compared;
import io.syncanalyzer.run.verify.InitialVerify;
import io.syncanalyzer.run.verify.KeyCountComparison;
import java.util.function.Supplier;

/**
 * What source and replica hold before the run loads anything: compared in full, by their key counts
 * alone, or not at all, as was asked for. A difference is a warning; where they cannot be compared
 * in full, the run fails.
 */
final class InitialVerification {
  private final RunContext context;
  private final LoadAndVerifyRequest request;
  private final Recorder recorder;

  InitialVerification(RunContext context, LoadAndVerifyRequest request, Recorder recorder) {
    this.context = context;
    this.request = request;
    this.recorder = recorder;
  }

  /**
   * Runs it on the calling thread.
   *
   * @param layout source and replicas
   * @param inFull compares them in full; called only where that was asked for
   */
  void run(Layout layout, Supplier<Compared> inFull) {
    if (request.initialVerify() == InitialVerify.OFF) {
      return;
    }
    recorder.phase("initial verification");
    if (request.initialVerify() == InitialVerify.COUNTS) {
      recorder
          .report()
          .initialVerify(
              context
                  .patience()
                  .insist(
                      () ->
                          KeyCountComparison.of(
                              layout, request.verify().scope(), context.clock())));
      return;
    }
    Compared outcome = inFull.get();
    VerifyReport found = outcome.report();
    recorder.report().initialVerify(found);
    String failure = outcome.failure();
    if (failure != null) {
      // Who could not be compared before anything was written is no pair to load.
      recorder.report().failure("the initial verification: " + failure);
    }
    if (found.mismatchedKeys() + found.mismatchedFunctions() > 0) {
      recorder
          .report()
          .warning(
              Counted.words(found.mismatchedKeys(), "key")
                  + (found.mismatchedFunctions() == 0
                      ? ""
                      : " and " + Numbers.libraries(found.mismatchedFunctions()))
                  + " differed before anything was written; see initial_verify");
    }
  }
}
