package io.syncanalyzer.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.embedded.LinkRelay;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.probe.figures.Distance;
import io.syncanalyzer.probe.figures.LagPhase;
import io.syncanalyzer.probe.figures.ProbePhase;
import io.syncanalyzer.probe.observe.ObserverChoice;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.result.lag.LagValue;
import io.syncanalyzer.time.NanoClock;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The analyzer is far from a side of a pair that is itself near: its answers take their time. */
class FarIT {
  private static final long FAR_NANOS = 120_000_000;
  private static final long NEAR_NANOS = FAR_NANOS / 2;
  private static final String WARNING = "the distance makes the bounds of the lag wide";

  private static Endpoint through(LinkRelay relay, Side side) {
    return through(relay, side, FAR_NANOS);
  }

  private static Endpoint through(LinkRelay relay, Side side, long roundTripNanos) {
    relay.delay(Duration.ofNanos(roundTripNanos));
    return Endpoint.parse(side, "redis://127.0.0.1:" + relay.port());
  }

  private static LagSettings settings(Endpoint source, Endpoint replica, double rate) {
    return LagSettings.of(source, List.of(replica), "far")
        .withPhase(ProbePhase.PROBE)
        .withSchedule(rate, Duration.ofSeconds(1), Optional.of(Duration.ofSeconds(3)))
        .withObserver(ObserverChoice.POLL, Duration.ofSeconds(10));
  }

  private static LagPhase only(LagSummary summary) {
    System.out.println(TruthTables.of(summary));
    assertThat(summary.incomplete()).isNull();
    LagPhase phase = summary.phases().get(0);
    assertThat(phase.accounting().observed()).isEqualTo(phase.accounting().scheduled());
    return phase;
  }

  private static long nanos(LagValue value) {
    assertThat(value).isInstanceOf(LagValue.Known.class);
    return ((LagValue.Known) value).nanos();
  }

  @Test
  void aFarReplicaIsMeasuredAndNamedAsWhatMakesTheBoundsWide() {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath());
        LinkRelay way = LinkRelay.to(pair.replica().port())) {
      Endpoint replica = through(way, Side.REPLICA);
      LagPhase phase =
          only(
              new LagProbe(NanoClock.SYSTEM, Clock.systemUTC(), heard -> {})
                  .run(settings(pair.source(), replica, 500)));

      Distance distance = phase.figures().distance();
      assertThat(distance.replicaNanos()).isBetween(FAR_NANOS, 2 * FAR_NANOS);
      assertThat(distance.sourceNanos()).isLessThan(NEAR_NANOS);
      // No answer comes before its time, so no upper bound can be less than a round trip.
      assertThat(nanos(phase.row("min").upper())).isGreaterThan((long) (0.999 * FAR_NANOS));
      assertThat(phase.warnings())
          .anySatisfy(
              line ->
                  assertThat(line)
                      .startsWith(WARNING)
                      .contains("to the " + replica)
                      .endsWith("run the analyzer near the replica to see more"));
    }
  }

  /**
   * What is sent just after a poll left is seen by the next one: two round trips, were there no
   * more between two polls than the answer's way. (From half a second on a connection may be asked
   * whether it is still there.)
   */
  @Test
  void aPollOfAReplicaVeryFarAwayTakesOneRoundTrip() {
    long roundTrip = 600_000_000;
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath());
        LinkRelay way = LinkRelay.to(pair.replica().port())) {
      Endpoint replica = through(way, Side.REPLICA, roundTrip);
      LagPhase phase =
          only(
              new LagProbe(NanoClock.SYSTEM, Clock.systemUTC(), heard -> {})
                  .run(settings(pair.source(), replica, 50)));

      assertThat(phase.figures().distance().replicaNanos())
          .isBetween(roundTrip, roundTrip + FAR_NANOS);
      assertThat(nanos(phase.row("50").upper())).isGreaterThan(roundTrip);
      assertThat(nanos(phase.row("max").upper())).isLessThan(2 * roundTrip + roundTrip / 2);
    }
  }

  /**
   * Of a source's answers the relay holds up those alone, not the writes: these arrive in time, and
   * the bounds are narrow.
   */
  @Test
  void aFarSourceIsMeasuredButNotBlamedWhereTheBoundsAreNarrow() {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath());
        LinkRelay way = LinkRelay.to(pair.source().port())) {
      Endpoint source = through(way, Side.SOURCE);
      LagPhase phase =
          only(
              new LagProbe(NanoClock.SYSTEM, Clock.systemUTC(), heard -> {})
                  .run(settings(source, pair.replica(), 50)));

      assertThat(phase.figures().distance().sourceNanos()).isBetween(FAR_NANOS, 2 * FAR_NANOS);
      assertThat(phase.figures().distance().replicaNanos()).isLessThan(NEAR_NANOS);
      assertThat(nanos(phase.row("50").upper())).isLessThan(FAR_NANOS / 4);
      assertThat(phase.warnings()).noneMatch(line -> line.startsWith(WARNING));
    }
  }

  /**
   * The floor asks the source, which is near, and holds every question and answer for half of the
   * replica's round trip: nothing is seen, or told by a push, before half of one is over.
   */
  @ParameterizedTest
  @EnumSource(
      value = ObserverChoice.class,
      names = {"POLL", "TRACKING"})
  void theFloorIsAsFarAsTheReplica(ObserverChoice observer) {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath());
        LinkRelay way = LinkRelay.to(pair.replica().port())) {
      LagSettings settings =
          settings(pair.source(), through(way, Side.REPLICA), 500)
              .withObserver(observer, Duration.ofSeconds(10));
      LagPhase floor =
          only(new LagProbe(NanoClock.SYSTEM, Clock.systemUTC(), heard -> {}).floor(settings));

      assertThat(floor.replica()).isEqualTo("127.0.0.1:" + way.port());
      assertThat(nanos(floor.row("min").upper())).isGreaterThan((long) (0.999 * FAR_NANOS / 2));
      assertThat(nanos(floor.row("50").upper())).isLessThan(4 * FAR_NANOS);
      assertThat(nanos(floor.row("50").lower())).isLessThan(FAR_NANOS / 2);
      assertThat(floor.warnings()).noneMatch(line -> line.startsWith(WARNING));
    }
  }

  @Test
  void aNearPairIsNotToldOfItsDistance() {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      LagPhase phase =
          only(
              new LagProbe(NanoClock.SYSTEM, Clock.systemUTC(), heard -> {})
                  .run(settings(pair.source(), pair.replica(), 500)));

      assertThat(phase.figures().distance().replicaNanos()).isBetween(1L, NEAR_NANOS);
      assertThat(phase.warnings()).noneMatch(line -> line.startsWith(WARNING));
    }
  }
}
