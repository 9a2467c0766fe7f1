package io.syncanalyzer.verify;

import static io.syncanalyzer.verify.VerifiedPair.verify;
import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.bench.KeyspaceMix;
import io.syncanalyzer.embedded.LinkRelay;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.verify.attempt.VerifyRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source or a replica whose every answer comes late, as from another region. */
class VerifyFarIT {
  /**
   * Round trips that may follow one on another beyond the time that it takes near by. These are
   * long enough here for a busy machine to make no difference.
   */
  private static final int TRIPS = 75;

  /**
   * As {@link #TRIPS}, where thousands of keys differ: some 90 are taken. Before groups were
   * settled by the thousand it took one for every few keys.
   */
  private static final int TRIPS_WITH_DIFFERENCES = 110;

  @TempDir private Path folder;
  private VerifiedPair pair;
  private LinkRelay toSource;
  private LinkRelay toReplica;

  @BeforeEach
  void start() {
    pair = new VerifiedPair(TestServers.onPath(), folder);
    toSource = LinkRelay.to(pair.servers().source().port());
    toReplica = LinkRelay.to(pair.servers().replica().port());
  }

  @AfterEach
  void stop() {
    toSource.close();
    toReplica.close();
    pair.close();
  }

  private void fill(int strings, int ofEach) {
    KeyspaceMix.write(pair.servers().source(), strings, ofEach, 100, 1);
    pair.sync();
  }

  private static Endpoint through(LinkRelay relay, Endpoint server) {
    return server.at("127.0.0.1", relay.port());
  }

  private VerifyRequest throughRelays() {
    return VerifyRequest.of(
        through(toSource, pair.servers().source()),
        through(toReplica, pair.servers().replica()),
        "it",
        folder);
  }

  private void late(Duration source, Duration replica) {
    toSource.delay(source);
    toReplica.delay(replica);
  }

  private VerifySummary sameFarAsNear(Duration trip, int keys) {
    late(Duration.ZERO, Duration.ZERO);
    VerifySummary near = verify(throughRelays());
    VerifySummary last = near;
    for (List<Duration> sides :
        List.of(List.of(Duration.ZERO, trip), List.of(trip, Duration.ZERO), List.of(trip, trip))) {
      late(sides.get(0), sides.get(1));
      last = verify(throughRelays());
      assertThat(last.keys(KeyVerdict.EQUAL)).as("late by " + sides).isEqualTo(keys);
      assertThat(last.elapsed())
          .as("late by " + sides + ", near " + near.elapsed())
          .isLessThan(near.elapsed().plus(trip.multipliedBy(TRIPS)));
    }
    return last;
  }

  @Test
  void roundTripsDoNotFollowOneOnAnotherForEachBatch() {
    fill(84_000, 4_000);
    sameFarAsNear(Duration.ofMillis(100), 100_000);
  }

  @Test
  void differencesAreSettledManyInARoundTripAndTheSecondsWaitedAreTold() {
    fill(10_000, 100);
    for (int i = 0; i < 1000; i++) {
      pair.replica().expect("SET", "string:" + i, "other");
      pair.replica().expect("DEL", "string:" + (5000 + i));
      pair.replica().expect("SET", "extra:" + i, "only here");
    }
    Duration trip = Duration.ofMillis(120);
    late(Duration.ZERO, Duration.ZERO);
    VerifySummary near = verify(throughRelays());
    late(trip, trip);
    VerifySummary far = verify(throughRelays());
    assertThat(far.keys(KeyVerdict.VALUE_DIFFERS)).isEqualTo(1000);
    assertThat(far.keys(KeyVerdict.MISSING_ON_REPLICA)).isEqualTo(1000);
    assertThat(far.keys(KeyVerdict.EXTRA_ON_REPLICA)).isEqualTo(1000);
    assertThat(far.elapsed())
        .as("near " + near.elapsed())
        .isLessThan(near.elapsed().plus(trip.multipliedBy(TRIPS_WITH_DIFFERENCES)));
    assertThat(Objects.requireNonNull(far.network().sourceTripNanos()))
        .isGreaterThanOrEqualTo(trip.toNanos());
    assertThat(Objects.requireNonNull(far.network().replicaTripNanos()))
        .isGreaterThanOrEqualTo(trip.toNanos());
    // Of what it takes longer than near by, most was waited for the network.
    long longer = far.elapsed().minus(near.elapsed()).toNanos();
    assertThat(Objects.requireNonNull(far.network().waitNanos()))
        .isBetween(longer / 2, far.elapsed().toNanos());
    assertThat(Objects.requireNonNull(near.network().waitNanos()))
        .isLessThan(near.elapsed().toNanos() / 2);
    // 120 ms, and what a busy machine adds.
    assertThat(String.join("\n", far.notes()))
        .containsPattern("far away, a round trip takes (1[2-9]|[2-9]\\d)\\d(\\.\\d)? ms");
    assertThat(near.notes()).noneMatch(note -> note.contains("far away"));
  }

  @Test
  @Tag("long")
  void at200MillisecondsItTakes15SecondsMoreAtMost() {
    fill(160_000, 10_000);
    sameFarAsNear(Duration.ofMillis(200), 200_000);
  }
}
