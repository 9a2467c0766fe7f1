package io.syncanalyzer.run.lag;

import io.syncanalyzer.probe.LagMemory;
import io.syncanalyzer.probe.LagSettings;
import io.syncanalyzer.probe.figures.ProbePhase;
import io.syncanalyzer.run.record.MachineMemory;
import io.syncanalyzer.run.servers.ServersRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** Whether a measurement fits its time and its memory, asked before any server is touched. */
public final class LagFit {
  private static final double OF_HEAP = 0.8;

  private LagFit() {}

  /**
   * Refuses to measure at idle for less time than is warmed up before.
   *
   * @param option that says how long
   * @param warmup before it is measured
   */
  public static void checkIdle(String option, Duration idle, Duration warmup) {
    if (!idle.isZero() && idle.compareTo(warmup) < 0) {
      throw new IllegalArgumentException(
          option
              + ": "
              + idle.toMillis()
              + "ms is shorter than the "
              + warmup.toMillis()
              + "ms of warm-up before it; at least "
              + warmup.toMillis()
              + "ms, or 0s to leave it out");
    }
  }

  /**
   * Checks that this JVM has the memory for it.
   *
   * @throws IllegalArgumentException naming what is too much, and what would go
   */
  public static void check(LagRequest request, ServersRequest servers, Limits limits) {
    check(request, settings(request, servers, limits));
  }

  /** The same once it is known which pairs of shards there are. */
  public static void check(LagRequest request, LagSettings settings) {
    checkOwn(settings, rated(request));
  }

  /**
   * The same where the sentinels are written in a JVM of their own, whose heap is what they need.
   * Here only floor and baseline are measured.
   */
  public static void checkForked(LagRequest request, ServersRequest servers, Limits limits) {
    checkForked(request, settings(request, servers, limits));
  }

  /** The same once it is known which pairs of shards there are. */
  public static void checkForked(LagRequest request, LagSettings settings) {
    check(settings, rated(request), MachineMemory.half(), MachineMemory.words());
    if (!request.idle().isZero()) {
      double slow = Math.min(LagRequest.IDLE_RATE, settings.ratePerSecond());
      checkOwn(
          settings.asBaseline(slow, Duration.ZERO, request.idle()),
          String.format(Locale.ROOT, "--baseline at %.0f sentinels per second", slow));
    }
  }

  private static String rated(LagRequest request) {
    return String.format(Locale.ROOT, "--sentinel-rate %.0f", request.rate());
  }

  private static LagSettings settings(LagRequest request, ServersRequest servers, Limits limits) {
    return request.settings(
        ProbePhase.PROBE, "check", servers.source(), servers.replicas(), Path.of(""), limits);
  }

  private static void checkOwn(LagSettings settings, String rated) {
    long heap = Runtime.getRuntime().maxMemory();
    check(
        settings,
        rated,
        (long) (OF_HEAP * heap),
        String.format(
            Locale.ROOT,
            "this JVM's heap is %,d MiB, of which the rest of the run needs a part (java -Xmx gives"
                + " it more)",
            heap >> 20));
  }

  /**
   * Refuses what does not fit.
   *
   * @param rated the rate, and what sets it, in words
   * @param room bytes that it may take
   * @param whose words for where the room is and how to have more
   */
  static void check(LagSettings settings, String rated, long room, String whose) {
    LagMemory.Excess excess = LagMemory.excess(settings, room);
    if (excess != null) {
      throw new IllegalArgumentException(refusal(settings, excess, rated, whose));
    }
  }

  private static String refusal(
      LagSettings settings, LagMemory.Excess excess, String rated, String whose) {
    Duration answer = settings.source().timeout();
    return String.format(
            Locale.ROOT,
            "%s%s with --observe-timeout %ds%s keeps up to %,.0f sentinels, for which %,d MiB of"
                + " memory are needed; %s",
            rated,
            settings.isBySlot() ? " to " + settings.pairs().size() + " pairs of shards" : "",
            settings.observeTimeout().toSeconds(),
            answer.compareTo(settings.observeTimeout()) > 0
                ? " and --timeout " + answer.toSeconds() + "s"
                : "",
            excess.sentinels(),
            (excess.bytes() >> 20) + 1,
            whose)
        + (excess.rate() > 0
            ? "; with that timeout --sentinel-rate " + excess.rate() + " would go"
            : "")
        + (excess.timeoutSeconds() > 0
            ? "; at that rate --observe-timeout " + excess.timeoutSeconds() + "s would go"
            : "");
  }
}
