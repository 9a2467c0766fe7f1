package io.syncanalyzer.run.drain;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.NodeMap;
import io.syncanalyzer.redis.Origin;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.ShardPair;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.scripted.ScriptedClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers of a pair in whose place others may be; nobody listens at their addresses. */
class MovedPairTest {
  @Test
  void serversThatTheUserNamedAreWhereTheyAre() {
    ShardPair pair = pair(1, 2);
    assertThat(MovedPair.of(pair)).isEmpty();
    assertThat(MovedPair.sources(List.of(pair))).isEmpty();
  }

  @Test
  void whereNobodySaysWhoIsThereNobodyHasMoved() {
    Endpoint node =
        pair(1, 2)
            .source()
            .from(new Origin.Node(Origin.Part.PRIMARY, List.of("127.0.0.1:1"), NodeMap.NONE))
            .withTimeouts(Duration.ofMillis(200), Duration.ofMillis(200));
    ShardPair pair = new ShardPair(node, pair(1, 2).replica(), SlotSet.parse("0-9"));
    assertThat(MovedPair.of(pair)).isEmpty();
  }

  @Test
  void whoOwnsTheSlotOfTheFenceIsAskedForWhoeverOwnsTheOthers() {
    assertThat(MovedPair.fenced(SlotSet.parse("0-9,20"))).isEqualTo(SlotSet.parse("5"));
    assertThat(MovedPair.fenced(SlotSet.NONE)).isEqualTo(SlotSet.NONE);
  }

  @Test
  void itIsAskedForAgainUntilTheTimeIsOverAndNotAtAllOfServersThatTheUserNamed() {
    ScriptedClock clock = new ScriptedClock();
    assertThat(MovedPair.soon(pair(1, 2), clock, Duration.ofSeconds(1))).isEmpty();
    assertThat(clock.parked()).isEmpty();

    Endpoint node =
        pair(1, 2)
            .source()
            .from(new Origin.Node(Origin.Part.PRIMARY, List.of("127.0.0.1:1"), NodeMap.NONE))
            .withTimeouts(Duration.ofMillis(1), Duration.ofMillis(200));
    ShardPair pair = new ShardPair(node, pair(1, 2).replica(), SlotSet.ALL);
    assertThat(MovedPair.soon(pair, clock, Duration.ofSeconds(9))).isEmpty();
    assertThat(clock.parked().stream().mapToLong(Long::longValue).sum()).isEqualTo(200_000_000);
  }

  @ParameterizedTest
  @CsvSource({
    "3, 2, failover: 127.0.0.1:1 -> 127.0.0.1:3",
    "1, 4, failover: 127.0.0.1:2 -> 127.0.0.1:4",
    "2, 4, 'failover: 127.0.0.1:1 -> 127.0.0.1:2, 127.0.0.1:2 -> 127.0.0.1:4'"
  })
  void thoseWhoMovedAreNamed(int source, int replica, String words) {
    assertThat(MovedPair.words(pair(1, 2), pair(source, replica))).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({
    "REFUSED, true",
    "DISCONNECTED, true",
    "TIMEOUT, true",
    "SLOT_MOVED, true",
    "READ_ONLY, true",
    "NO_PERMISSION, false",
    "OTHER_REPLY, false",
    "BUSY, false"
  })
  void onlySomeFailuresMayMeanThatAnotherIsThere(RedisFailure.Kind kind, boolean may) {
    assertThat(MovedPair.mayBe(new RedisFailure(kind, pair(1, 2).source(), "so", null)))
        .isEqualTo(may);
  }

  @Test
  void aFailureThatNoFailoverExplainsStaysAsItIs() {
    RuntimeException other = new IllegalStateException("another");
    RuntimeException lost =
        new RedisFailure(RedisFailure.Kind.REFUSED, pair(1, 2).source(), "lost", null);
    assertThat(MovedPair.explained(other, List::of)).isSameAs(other);
    assertThat(MovedPair.explained(lost, () -> List.of(pair(1, 2)))).isSameAs(lost);
  }

  private static ShardPair pair(int source, int replica) {
    return new ShardPair(
        Endpoint.parse(Side.SOURCE, "redis://127.0.0.1:" + source),
        Endpoint.parse(Side.REPLICA, "redis://127.0.0.1:" + replica),
        SlotSet.ALL);
  }
}
