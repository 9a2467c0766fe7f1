package io.syncanalyzer.probe;

import io.syncanalyzer.probe.figures.ProbePhase;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.time.NanoClock;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A probe in a JVM of its own, so that a test can stop it. Prints its summary as JSON. */
final class ProbeProcess {
  private ProbeProcess() {}

  public static void main(String[] args) {
    Endpoint source = Endpoint.parse(Side.SOURCE, "redis://127.0.0.1:" + args[0]);
    Endpoint replica = Endpoint.parse(Side.REPLICA, "redis://127.0.0.1:" + args[1]);
    LagSettings settings =
        LagSettings.of(source, List.of(replica), "paused")
            .withPhase(ProbePhase.PROBE)
            .withSchedule(500, Duration.ofSeconds(1), Optional.of(Duration.ofSeconds(5)));
    AtomicBoolean told = new AtomicBoolean();
    LagProbe probe =
        new LagProbe(
            NanoClock.SYSTEM,
            Clock.systemUTC(),
            progress -> {
              if (progress.second() >= 0 && !told.getAndSet(true)) {
                System.out.println("measuring");
              }
            });
    System.out.println(LagJson.write(probe.run(settings)));
  }
}
