package io.syncanalyzer.selftest;

import io.syncanalyzer.embedded.LinkRelay;
import io.syncanalyzer.probe.LagProbe;
import io.syncanalyzer.probe.LagSettings;
import io.syncanalyzer.probe.LagSummary;
import io.syncanalyzer.probe.figures.LagPhase;
import io.syncanalyzer.probe.figures.ProbeFailure;
import io.syncanalyzer.probe.figures.ProbePhase;
import io.syncanalyzer.probe.observe.ObserverChoice;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.result.lag.LagAccounting;
import io.syncanalyzer.result.lag.LagValue;
import io.syncanalyzer.sentinel.SelftestName;
import io.syncanalyzer.time.NanoClock;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Measures lag that is known, because a relay on the replication link makes it.
 *
 * <p>The relay passes nothing on before its time, so every true lag is the injected delay or more.
 * Above it come the link, the apply, the probe's own floor, which is measured, and the relay's
 * hand-overs and timers, for which {@link #RELAY_NANOS} are allowed. Of a stall, sentinels are due
 * every 2 ms, so that the one sent just after its begin waits for nearly all of it.
 *
 * <p>Where the machine itself stood still there is no known truth to compare with: that long, as
 * the probe measures it on its own threads, is allowed on top, and a measurement that fails so is
 * repeated, at most {@value #TRIES} times in all.
 */
final class SelftestLag {
  static final Duration DELAY = Duration.ofMillis(50);
  static final Duration STALL = Duration.ofSeconds(1);

  private static final double RATE = 500;
  private static final Duration WARMUP = Duration.ofMillis(500);
  private static final Duration DELAYED = Duration.ofSeconds(3);
  private static final Duration STALLED = Duration.ofSeconds(4);
  private static final Duration OBSERVE_TIMEOUT = Duration.ofSeconds(10);
  private static final int STALL_AT_SECOND = 1;
  private static final int TRIES = 3;
  private static final long RELAY_NANOS = 2_000_000;
  private static final long STALL_END_NANOS = 50_000_000;
  private static final long NOISE_NANOS = 10_000_000;

  /** Three significant digits: what a histogram may be off by. */
  private static final double DIGITS = 0.001;

  private final Endpoint source;
  private final Endpoint replica;
  private final LinkRelay relay;
  private final NanoClock clock;
  private final Clock wall;
  private int measurements;

  /**
   * A figure and the bounds it was measured to lie between.
   *
   * @param what in words
   * @param injectedNanos what the relay did
   * @param floorNanos what the probe itself adds, part of what was to be measured; 0 where none is
   * @param lowerNanos measured
   * @param upperNanos measured
   * @param accounting of all sentinels of the measurement
   * @param holds whether the bounds tell what was injected
   */
  record Row(
      String what,
      long injectedNanos,
      long floorNanos,
      LagValue lowerNanos,
      LagValue upperNanos,
      LagAccounting accounting,
      boolean holds) {}

  /** For one measurement, on the calling thread. */
  SelftestLag(Endpoint source, Endpoint replica, LinkRelay relay, NanoClock clock, Clock wall) {
    this.wall = wall;
    this.source = source;
    this.replica = replica;
    this.relay = relay;
    this.clock = clock;
  }

  /** A measurement's rows, and whether the machine stood still meanwhile. */
  private record Measured(List<Row> rows, long pauseNanos) {
    boolean holds() {
      return rows.stream().allMatch(Row::holds);
    }
  }

  /**
   * Both measurements.
   *
   * @throws ProbeFailure if one did not come to its end, for instance by an interrupt
   */
  List<Row> measure() {
    List<Row> rows = new ArrayList<>();
    rows.addAll(repeated(this::delay));
    rows.addAll(repeated(this::stall));
    return rows;
  }

  private static List<Row> repeated(Supplier<Measured> measurement) {
    for (int attempt = 1; ; attempt++) {
      Measured measured = measurement.get();
      if (measured.holds() || measured.pauseNanos() < NOISE_NANOS || attempt == TRIES) {
        return measured.rows();
      }
    }
  }

  private Measured delay() {
    LagProbe probe = new LagProbe(clock, wall, heard -> {});
    relay.delay(Duration.ZERO);
    LagPhase idle = only(probe.floor(settings(DELAYED)));
    relay.delay(DELAY);
    LagPhase phase;
    try {
      phase = only(probe.run(settings(DELAYED)));
    } finally {
      relay.delay(Duration.ZERO);
    }
    long delay = DELAY.toNanos();
    long floor = nanos(idle.row("50").upper());
    long truth = delay + floor;
    long noise = phase.figures().pauseMaxNanos();
    LagValue least = phase.row("min").upper();
    LagValue lower = phase.row("50").lower();
    LagValue upper = phase.row("50").upper();
    boolean nothingEarlier = nanos(least) >= delay * (1 - DIGITS);
    boolean inside =
        nanos(lower) <= truth + RELAY_NANOS
            && nanos(upper) >= truth - RELAY_NANOS
            && nanos(upper) <= truth + RELAY_NANOS + noise;
    boolean all = allSeen(phase);
    return new Measured(
        List.of(
            new Row(
                "delay, least upper bound",
                delay,
                0,
                new LagValue.TooFew(),
                least,
                phase.accounting(),
                all && nothingEarlier),
            new Row(
                "delay, median", delay, floor, lower, upper, phase.accounting(), all && inside)),
        noise);
  }

  private Measured stall() {
    AtomicBoolean stalled = new AtomicBoolean();
    LagProbe probe =
        new LagProbe(
            clock,
            wall,
            heard -> {
              if (heard.second() >= STALL_AT_SECOND && !stalled.getAndSet(true)) {
                relay.stall(STALL);
              }
            });
    LagPhase phase = only(probe.run(settings(STALLED)));
    long stall = STALL.toNanos();
    long noise = phase.figures().pauseMaxNanos();
    LagValue lower = phase.row("max").lower();
    LagValue upper = phase.row("max").upper();
    long allowed = STALL_END_NANOS + noise;
    boolean about =
        Math.abs(nanos(upper) - stall) <= allowed && Math.abs(nanos(lower) - stall) <= allowed;
    return new Measured(
        List.of(
            new Row(
                "stall, longest",
                stall,
                0,
                lower,
                upper,
                phase.accounting(),
                allSeen(phase) && about)),
        noise);
  }

  private LagSettings settings(Duration measured) {
    measurements++;
    return LagSettings.of(source, List.of(replica), SelftestName.RUN + "-" + measurements)
        .withPhase(ProbePhase.PROBE)
        .withSchedule(RATE, WARMUP, Optional.of(measured))
        .withObserver(ObserverChoice.AUTO, OBSERVE_TIMEOUT);
  }

  private static boolean allSeen(LagPhase phase) {
    LagAccounting accounting = phase.accounting();
    return accounting.scheduled() > 0 && accounting.observed() == accounting.scheduled();
  }

  private static LagPhase only(LagSummary summary) {
    if (summary.incomplete() != null || Thread.currentThread().isInterrupted()) {
      throw new ProbeFailure("the lag was not measured to its end: " + summary.incomplete(), null);
    }
    return summary.phases().get(0);
  }

  /** A figure that cannot be told is none that was injected. */
  private static long nanos(LagValue value) {
    return value instanceof LagValue.Known known ? known.nanos() : -1;
  }
}
