package io.syncanalyzer.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.embedded.RelayedPair;
import io.syncanalyzer.embedded.ServerBinary;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.probe.figures.LagPhase;
import io.syncanalyzer.probe.figures.ProbePhase;
import io.syncanalyzer.probe.observe.ObserverChoice;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.redis.wire.RedisConnection.Command;
import io.syncanalyzer.result.lag.LagAccounting;
import io.syncanalyzer.result.lag.LagCause;
import io.syncanalyzer.result.lag.LagValue;
import io.syncanalyzer.sentinel.SentinelRange;
import io.syncanalyzer.sentinel.SentinelType;
import io.syncanalyzer.time.NanoClock;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the probe says against what is known to be true. */
class LagTruthIT {
  private static final double MS = 1e6;

  /** Three significant digits: what a histogram may be off by. */
  private static final double DIGITS = 0.001;

  static java.util.stream.Stream<ServerBinary> servers() {
    return TestServers.onPathOrAll();
  }

  /**
   * The relay passes nothing on before its time, so no upper bound may lie below D but for the
   * histogram's digits. Above D there are the link, the apply and the probe itself, which the floor
   * tells (it has no link), and the relay's own two hand-overs and its timer: some 0.2 ms here. The
   * median of 1500 is stable against what else the machine does, so 1 ms must do for it; where the
   * machine was never quiet, it may be off by what only one in a hundred pauses exceeds.
   */
  @ParameterizedTest
  @ValueSource(ints = {5, 50, 300})
  void aLinkDelayedByAKnownTimeShowsThatTime(int delayMillis) throws Exception {
    try (RelayedPair pair = RelayedPair.start(TestServers.onPath())) {
      LagProbe probe = new LagProbe(NanoClock.SYSTEM, Clock.systemUTC(), progress -> {});
      AtomicLong floor = new AtomicLong();
      AtomicInteger run = new AtomicInteger();
      LagPhase phase =
          quiet(
              "D = " + delayMillis + " ms",
              () -> {
                LagSettings settings =
                    settings(
                        pair.source(),
                        pair.replica(),
                        "d" + run.incrementAndGet(),
                        500,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(3));
                pair.relay().delay(Duration.ZERO);
                LagSummary idle = probe.floor(settings);
                floor.set((long) nanos(idle.phases().get(0).row("50").upper()));
                pair.relay().delay(Duration.ofMillis(delayMillis));
                return idle.plus(probe.run(settings));
              });
      assertAllSeen(phase);
      double delay = delayMillis * MS;
      double truth = delay + floor.get();
      assertThat(nanos(phase.row("min").upper())).isGreaterThanOrEqualTo(delay * (1 - DIGITS));
      double tolerance = wasQuiet(phase) ? MS : MS + phase.figures().pauseP99Nanos();
      assertThat(nanos(phase.row("50").upper())).isBetween(truth - tolerance, truth + tolerance);
      assertThat(nanos(phase.row("50").lower())).isLessThanOrEqualTo(truth + tolerance / 2);
      assertThat(nanos(phase.row("50").upper())).isGreaterThanOrEqualTo(truth - tolerance / 2);
    }
  }

  /**
   * Sentinels are due every 2 ms while the replica stands still for S = 2 s, so their lags are
   * spread evenly over 0..S: of 10,000 in all, 1000 are hit, the 500 longest above S − 1 s (p95),
   * the 100 longest above S − 0.2 s (p99). A closed loop would show one. Both ends of the stop are
   * signals sent by a process that takes some ms to start, and after it the backlog is looked at in
   * windows: 60 ms of tolerance, 3 % of S.
   */
  @Test
  void aReplicaStoppedForTwoSecondsShowsAsAnOpenScheduleMust() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      AtomicLong stopped = new AtomicLong();
      AtomicInteger run = new AtomicInteger();
      LagPhase phase =
          quiet(
              "replica stopped",
              () ->
                  during(
                      settings(
                          pair.source(),
                          pair.replica(),
                          "stop" + run.incrementAndGet(),
                          500,
                          Duration.ofSeconds(1),
                          Duration.ofSeconds(20)),
                      7,
                      () ->
                          stopped.set(
                              RelayedPair.pause(
                                  pair.replicaServer().pid(), Duration.ofSeconds(2)))));
      System.out.println("stopped for " + stopped.get() / MS + " ms");
      assertAllSeen(phase);
      double s = stopped.get();
      double tolerance = tolerance(phase, 60 * MS);
      assertThat(nanos(phase.row("95").upper()))
          .isBetween(s - 1e9 - tolerance, s - 1e9 + tolerance);
      assertThat(nanos(phase.row("99").upper()))
          .isBetween(s - 0.2e9 - tolerance, s - 0.2e9 + tolerance);
      assertThat(nanos(phase.row("max").upper())).isBetween(s - tolerance, s + tolerance);
      assertThat(nanos(phase.row("50").upper())).isLessThan(20 * MS);
      assertThat(phase.figures().longestOutageNanos())
          .isBetween((long) (s - tolerance), (long) (s + tolerance));
      assertThat(LargestEpisode.of(phase).cause()).isEqualTo(LagCause.REPLICA_STALLED);
    }
  }

  /**
   * A stopped source holds one write in each of the 12 lanes: only these may show the stop in their
   * upper bound (they were sent before it and acknowledged after; when they were applied nobody
   * knows, so their lower bound is nothing). They are 0.24 % of 5000, so p99 stays small. All
   * others that fell due leave late: 10 % of them, evenly over 0..S, so that the slip's and the
   * intended p99 is S − 0.1 s and p95 S − 0.5 s.
   */
  @Test
  void aSourceStoppedForASecondShowsAsLateSendsNotAsLagOfTheReplica() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      AtomicLong stopped = new AtomicLong();
      AtomicInteger run = new AtomicInteger();
      LagPhase phase =
          quiet(
              "source stopped",
              () ->
                  during(
                      settings(
                          pair.source(),
                          pair.replica(),
                          "stop" + run.incrementAndGet(),
                          500,
                          Duration.ofSeconds(1),
                          Duration.ofSeconds(10)),
                      4,
                      () ->
                          stopped.set(
                              RelayedPair.pause(
                                  pair.sourceServer().pid(), Duration.ofSeconds(1)))));
      System.out.println("stopped for " + stopped.get() / MS + " ms");
      assertAllSeen(phase);
      double s = stopped.get();
      double tolerance = tolerance(phase, 60 * MS);
      assertThat(nanos(phase.row("99").upper())).isLessThan(100 * MS);
      assertThat(nanos(phase.row("max").lower())).isLessThan(100 * MS);
      assertThat(nanos(phase.row("95").intended()))
          .isBetween(s - 0.5e9 - tolerance, s - 0.5e9 + tolerance);
      assertThat(nanos(phase.row("99").intended()))
          .isBetween(s - 0.1e9 - tolerance, s - 0.1e9 + tolerance);
      assertThat((double) phase.figures().slipMaxNanos()).isBetween(s - tolerance, s + tolerance);
      assertThat((double) phase.figures().slipP99Nanos())
          .isBetween(s - 0.1e9 - tolerance, s - 0.1e9 + tolerance);
      assertThat(LargestEpisode.of(phase).cause()).isEqualTo(LagCause.SOURCE_SLOW);
    }
  }

  /**
   * Cut in the middle for good: what was sent after is censored, the percentiles beyond the middle
   * are open and at least the timeout, and the end comes after the timeout, not never.
   */
  @ParameterizedTest
  @MethodSource("servers")
  void aLinkCutForGoodIsCensoredAndEnds(ServerBinary binary) throws Exception {
    try (RelayedPair pair = RelayedPair.start(binary)) {
      Duration timeout = Duration.ofSeconds(2);
      LagSettings settings =
          settings(
                  pair.source(),
                  pair.replica(),
                  "truth",
                  500,
                  Duration.ofMillis(500),
                  Duration.ofSeconds(4))
              .withObserver(ObserverChoice.AUTO, timeout);
      long begun = System.nanoTime();
      LagSummary summary = during(settings, 2, () -> pair.relay().cut());
      double seconds = (System.nanoTime() - begun) / 1e9;
      show("link cut", summary);

      LagPhase phase = summary.phases().get(0);
      LagAccounting accounting = phase.accounting();
      long scheduled = accounting.scheduled();
      assertThat(scheduled + accounting.warmupExcluded()).isEqualTo(2250);
      // Half of them, give or take what the tick and the cut are late by on a busy machine.
      assertThat(accounting.censored()).isBetween(700L, 1300L);
      assertThat(accounting.observed()).isEqualTo(scheduled - accounting.censored());
      assertThat(phase.row("99").upper()).isEqualTo(new LagValue.Open());
      assertThat(phase.row("max").intended()).isEqualTo(new LagValue.Open());
      // Given up by the first answer after the timeout: each for that long at least.
      assertThat(nanos(phase.row("99").lower()))
          .isBetween(timeout.toNanos() * (1 - DIGITS), timeout.toNanos() + 1e9);
      assertThat(phase.row("99").samples()).isEqualTo(scheduled);
      assertThat(seconds).isLessThan(4.5 + 2 + 8);
    }
  }

  /**
   * The new replica is empty and takes all of the source's data by a full resync: what was seen is
   * gone for a time, what was not comes with it, and at the end nothing is missing.
   */
  @ParameterizedTest
  @MethodSource("servers")
  void aReplicaRestartedMidRunLosesNoSentinel(ServerBinary binary) throws Exception {
    try (RelayedPair pair = RelayedPair.start(binary)) {
      LagSettings settings =
          settings(
              pair.source(),
              pair.replica(),
              "truth",
              500,
              Duration.ofMillis(500),
              Duration.ofSeconds(6));
      LagSummary summary = during(settings, 2, pair::restartReplica);
      show("replica restarted", summary);

      LagPhase phase = summary.phases().get(0);
      assertThat(summary.incomplete()).isNull();
      assertAllSeen(phase);
      assertThat(phase.accounting().scheduled() + phase.accounting().warmupExcluded())
          .isEqualTo(3250);
      assertThat(phase.figures().replicaOutages()).isPositive();
      assertThat(phase.figures().replicaOutageNanos()).isPositive();
      assertThat(phase.figures().probeOutages()).isZero();
      assertThat(phase.figures().fullResyncs()).isPositive();
      assertThat(phase.figures().missingAfterResync()).isZero();
    }
  }

  /**
   * 2000 a second beside writers that keep the source's one thread busy: the rate is kept within 1
   * %, or the miss is said. {@code -Plong} runs the full minute.
   */
  @Test
  void theRateIsKeptBesideASaturatingLoadOrItsMissIsSaid() throws Exception {
    Duration duration = Duration.ofSeconds(Integer.getInteger("analyzer.saturation.seconds", 15));
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      LagProbe probe = new LagProbe(NanoClock.SYSTEM, Clock.systemUTC(), progress -> {});
      LagSettings settings =
          settings(pair.source(), pair.replica(), "truth", 2000, Duration.ofSeconds(1), duration);
      LagSummary idle = probe.baseline(settings);
      AtomicBoolean enough = new AtomicBoolean();
      AtomicLong written = new AtomicLong();
      CompletableFuture<Void> load =
          CompletableFuture.allOf(
              CompletableFuture.runAsync(() -> saturate(pair.source(), enough, written)),
              CompletableFuture.runAsync(() -> saturate(pair.source(), enough, written)));
      LagSummary summary;
      try {
        summary = probe.run(settings);
      } finally {
        enough.set(true);
      }
      load.get();
      show("saturating load of " + written.get() + " writes", idle.plus(summary));

      LagPhase phase = summary.phases().get(0);
      assertThat(phase.accounting().scheduled() + phase.accounting().warmupExcluded())
          .isEqualTo(2000 * (1 + duration.toSeconds()));
      boolean kept = phase.figures().sentPerSecond() >= 0.99 * 2000;
      assertThat(kept || phase.warnings().stream().anyMatch(w -> w.contains("rate was missed")))
          .isTrue();
    }
  }

  /**
   * What is late in the warm-up takes the time of what is measured: it was sent all the same. One
   * connection that waits for every reply cannot write each 10 us, on any machine; a dozen may.
   */
  @Test
  void aRateThatIsFarMissedIsToldAsTheRateThatWasSentAt() {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      LagSettings settings =
          settings(
                  pair.source(),
                  pair.replica(),
                  "missed",
                  100_000,
                  // Without a warm-up, beyond which a slow machine would not come in all its time:
                  // how late sentinels leave is measured from the first one on.
                  Duration.ZERO,
                  Duration.ofSeconds(2))
              .withTypes(List.of(SentinelType.STRING), 1);
      LagSummary summary =
          new LagProbe(NanoClock.SYSTEM, Clock.systemUTC(), progress -> {}).run(settings);

      long sent = summary.written().stream().mapToLong(SentinelRange::end).sum();
      LagPhase phase = summary.phases().get(0);
      double told = phase.figures().sentPerSecond();
      double seconds = 2 + phase.figures().slipMaxNanos() / 1e9;
      // Late ones may all have left in the end: the rate was missed all the same.
      assertThat(sent).isLessThanOrEqualTo(200_000);
      assertThat(told).isLessThan(0.99 * 100_000);
      assertThat(told).isBetween(sent / (seconds + 0.1), sent / 2.0);
      assertThat(phase.warnings())
          .anySatisfy(
              warning ->
                  assertThat(warning)
                      .startsWith("the sentinel rate was missed: 100000.0 per second wanted, ")
                      .contains(String.format(Locale.ROOT, " wanted, %.1f sent; ", told)));
    }
  }

  private static void saturate(Endpoint source, AtomicBoolean enough, AtomicLong written) {
    Command set = Command.of("SET");
    byte[] value = new byte[100];
    try (RedisConnection connection = RedisConnection.open(source)) {
      for (long batch = 0; !enough.get(); batch++) {
        for (int i = 0; i < 50; i++) {
          connection.send(
              set,
              ("sa:load:" + (batch * 50 + i) % 100_000)
                  .getBytes(java.nio.charset.StandardCharsets.UTF_8),
              value);
        }
        connection.flush();
        for (int i = 0; i < 50; i++) {
          connection.receive();
        }
        written.addAndGet(50);
      }
    }
  }

  /**
   * Measures until the machine has been quiet meanwhile, at most three times: where other processes
   * hold up the probe, the servers and the relay, there is no known truth to compare with. The
   * probe's own hiccup thread is the judge.
   */
  private static LagPhase quiet(String title, Callable<LagSummary> measurement) throws Exception {
    for (int attempt = 1; ; attempt++) {
      LagSummary summary = measurement.call();
      show(title, summary);
      LagPhase phase = summary.phases().get(summary.phases().size() - 1);
      if (attempt == 3 || wasQuiet(phase)) {
        return phase;
      }
    }
  }

  /**
   * Neither one long pause nor, as where processors are short all the time, many of some
   * milliseconds: these shift even a median.
   */
  private static boolean wasQuiet(LagPhase phase) {
    return phase.figures().pauseMaxNanos() < 30 * MS && phase.figures().pauseP99Nanos() < 2 * MS;
  }

  /** A tolerance, and what the machine itself stood still. */
  private static double tolerance(LagPhase phase, double nanos) {
    return nanos + phase.figures().pauseMaxNanos();
  }

  private interface Incident {
    void happen() throws Exception;
  }

  /** Runs the probe and lets something happen when it has measured for some seconds. */
  private static LagSummary during(LagSettings settings, int seconds, Incident incident)
      throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    LagProbe probe =
        new LagProbe(
            NanoClock.SYSTEM,
            Clock.systemUTC(),
            progress -> {
              if (progress.second() >= seconds - 1) {
                reached.countDown();
              }
            });
    CompletableFuture<LagSummary> probing =
        CompletableFuture.supplyAsync(() -> probe.run(settings));
    assertThat(reached.await(60, TimeUnit.SECONDS)).isTrue();
    incident.happen();
    return probing.get();
  }

  private static LagSettings settings(
      Endpoint source,
      Endpoint replica,
      String run,
      double rate,
      Duration warmup,
      Duration duration) {
    return LagSettings.of(source, List.of(replica.as(Side.REPLICA)), run)
        .withPhase(ProbePhase.PROBE)
        .withSchedule(rate, warmup, Optional.of(duration));
  }

  private static void assertAllSeen(LagPhase phase) {
    LagAccounting accounting = phase.accounting();
    assertThat(accounting.observed()).isEqualTo(accounting.scheduled());
    assertThat(accounting.outOfOrder()).isZero();
  }

  private static double nanos(LagValue value) {
    assertThat(value).isInstanceOf(LagValue.Known.class);
    return ((LagValue.Known) value).nanos();
  }

  private static void show(String title, LagSummary summary) {
    System.out.println("== " + title + TruthTables.of(summary));
  }
}
