package io.syncanalyzer.run;

import io.syncanalyzer.run.lag.LagRequest;
import io.syncanalyzer.run.lag.Limits;
import io.syncanalyzer.run.load.LoadSettings;
import io.syncanalyzer.run.record.RunOutput;
import io.syncanalyzer.run.servers.ServersRequest;
import io.syncanalyzer.run.verify.InitialVerify;
import io.syncanalyzer.verify.attempt.VerifySettings;
import java.time.Duration;
import java.util.Objects;

/**
 * The whole run as asked for.
 *
 * @param servers which
 * @param output where results go
 * @param load what load
 * @param lag how lag is measured; its duration is the run's
 * @param verify how both sides are compared at the end
 * @param initialVerify how they are before
 * @param limits what is allowed
 * @param ending what comes after the load
 */
public record LoadAndVerifyRequest(
    ServersRequest servers,
    RunOutput output,
    LoadSettings load,
    LagRequest lag,
    VerifySettings verify,
    InitialVerify initialVerify,
    Limits limits,
    Ending ending) {
  /**
   * What comes after the load.
   *
   * @param drainTimeout how long the replica may take to catch up
   * @param settleDelay slept between drain and verification
   * @param keep whether the sentinels stay
   */
  public record Ending(Duration drainTimeout, Duration settleDelay, boolean keep) {
    public Ending {
      if (drainTimeout.isNegative() || drainTimeout.isZero()) {
        throw new IllegalArgumentException("must be above 0");
      }
      if (settleDelay.isNegative()) {
        throw new IllegalArgumentException("the delay after the drain is negative");
      }
    }
  }

  public LoadAndVerifyRequest {
    Objects.requireNonNull(output, "output is null");
    servers = servers.ofOneReplica();
    if (lag.duration().isEmpty()) {
      throw new IllegalArgumentException("the whole run needs an end");
    }
  }

  /** The same as one of several runs. */
  LoadAndVerifyRequest named(String runId, String group) {
    return new LoadAndVerifyRequest(
        servers, output.named(runId, group), load, lag, verify, initialVerify, limits, ending);
  }
}
