package io.syncanalyzer.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.embedded.ServerBinary;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.probe.figures.LagPhase;
import io.syncanalyzer.probe.figures.LagProgress;
import io.syncanalyzer.probe.figures.ProbePhase;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.result.lag.LagAccounting;
import io.syncanalyzer.result.lag.LagPercentile;
import io.syncanalyzer.result.lag.LagSecond;
import io.syncanalyzer.result.lag.LagValue;
import io.syncanalyzer.time.NanoClock;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LagProbeIT {
  static java.util.stream.Stream<ServerBinary> servers() {
    return TestServers.onPathOrAll();
  }

  @ParameterizedTest
  @MethodSource("servers")
  void everySentinelOfAHealthyPairIsSeenAndLoggedAndRemoved(
      ServerBinary binary, @TempDir Path folder) throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(binary)) {
      Path hlog = folder.resolve("lag.hlog");
      LagSettings settings =
          LagSettings.of(pair.source(), List.of(pair.replica()), "healthy-run.1")
              .withPhase(ProbePhase.PROBE)
              .withHlog(Optional.of(hlog))
              .withSchedule(1000, Duration.ofMillis(500), Optional.of(Duration.ofSeconds(3)));
      List<LagProgress> live = new CopyOnWriteArrayList<>();
      LagProbe probe = new LagProbe(NanoClock.SYSTEM, Clock.systemUTC(), live::add);
      LagSummary summary =
          probe.floor(settings).plus(probe.baseline(settings)).plus(probe.run(settings));
      System.out.println(TruthTables.of(summary));

      assertThat(summary.incomplete()).isNull();
      assertThat(summary.phases())
          .extracting(LagPhase::phase)
          .containsExactly("floor", "baseline", "probe");
      for (LagPhase phase : summary.phases()) {
        LagAccounting accounting = phase.accounting();
        assertThat(accounting.observed()).isEqualTo(accounting.scheduled());
        assertThat(accounting.outOfOrder()).isZero();
        for (LagPercentile row : phase.rows()) {
          assertThat(row.samples()).isEqualTo(accounting.scheduled());
        }
        long rowsObserved = phase.timeline().stream().mapToLong(LagSecond::observed).sum();
        assertThat(rowsObserved).isEqualTo(accounting.observed());
      }
      LagPhase run = summary.phases().get(2);
      assertThat(run.accounting().scheduled() + run.accounting().warmupExcluded()).isEqualTo(3500);
      assertThat(run.accounting().warmupExcluded()).isBetween(1L, 500L);
      assertThat(run.row("99").upper()).isInstanceOf(LagValue.Known.class);
      assertThat(run.row("99.9").upper()).isInstanceOf(LagValue.TooFew.class);
      assertThat(live).extracting(LagProgress::phase).contains("floor", "baseline", "probe");

      Map<String, Long> logged = new TreeMap<>();
      try (HistogramLogReader reader = new HistogramLogReader(hlog.toFile())) {
        while (reader.hasNext()) {
          EncodableHistogram next = reader.nextIntervalHistogram();
          if (next != null) {
            logged.merge(next.getTag(), ((Histogram) next).getTotalCount(), Long::sum);
          }
        }
      }
      assertThat(logged)
          .containsEntry("upper", run.accounting().observed())
          .containsEntry("lower", run.accounting().observed())
          .containsEntry("intended", run.accounting().observed())
          .containsEntry("floor-upper", summary.phases().get(0).accounting().observed())
          .containsEntry("baseline-upper", summary.phases().get(1).accounting().observed());

      assertThat(LagJson.readSummary(LagJson.write(summary))).isEqualTo(summary);

      try (RedisConnection source = RedisConnection.open(pair.source())) {
        long left = ((Reply.Int) source.expect("DBSIZE")).value();
        assertThat(left).isGreaterThan(3500);
        assertThat(LagProbe.clean(settings, summary.written())).isEqualTo(left);
        assertThat(source.expect("DBSIZE")).isEqualTo(new Reply.Int(0));
      }
    }
  }

  /** Whoever ends a measurement early ends its schedule: what had fallen due by then has left. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anInterruptLeavesNothingThatFellDueUnsent(boolean untilInterrupted) throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(servers().findFirst().orElseThrow())) {
      for (int turn = 0; turn < 8; turn++) {
        LagSettings settings =
            LagSettings.of(pair.source(), List.of(pair.replica()), "interrupted-run." + turn)
                .withPhase(ProbePhase.PROBE)
                .withSchedule(
                    2000,
                    Duration.ZERO,
                    untilInterrupted ? Optional.empty() : Optional.of(Duration.ofMinutes(1)));
        Thread probing = Thread.currentThread();
        Thread interrupting =
            new Thread(
                () -> {
                  LockSupport.parkNanos(Duration.ofMillis(700).toNanos());
                  probing.interrupt();
                },
                "interrupting");
        interrupting.start();
        LagAccounting accounting =
            new LagProbe(NanoClock.SYSTEM, Clock.systemUTC(), progress -> {})
                .run(settings)
                .phases()
                .get(0)
                .accounting();
        assertThat(Thread.interrupted()).isTrue();
        interrupting.join();

        assertThat(accounting.scheduled()).isPositive();
        assertThat(accounting.writeFailed()).as("%s", accounting).isZero();
      }
    }
  }
}
