package io.syncanalyzer.probe.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.NodeMap;
import io.syncanalyzer.redis.Origin;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.scripted.ScriptedClock;
import io.syncanalyzer.sentinel.SentinelSchedule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where the servers of a pair are by now; nobody listens at their addresses. */
class WhereaboutsTest {
  private static final SlotSet SLOTS = SlotSet.parse("5");

  private final ScriptedClock clock = new ScriptedClock();
  private final SessionClockwork clockwork =
      new SessionClockwork(clock, new SentinelSchedule(1, 1, Duration.ZERO, Optional.empty()), 1);
  private final Map<Origin.Part, Integer> found = new HashMap<>();
  private final List<String> told = new ArrayList<>();
  private int asked;

  private final Whereabouts source =
      Whereabouts.ofSource(node(Origin.Part.PRIMARY, 1), SLOTS, this::find, clockwork);
  private final Whereabouts replica = source.ofReplica(node(Origin.Part.REPLICA, 4));

  private Endpoint find(Endpoint lost, SlotSet slots) {
    asked++;
    assertThat(slots).isEqualTo(SLOTS);
    Origin.Part part = ((Origin.Node) lost.origin()).part();
    Integer port = found.get(part);
    if (port == null) {
      throw new RedisFailure(RedisFailure.Kind.TOPOLOGY, lost, "nobody is there", null);
    }
    return node(part, port);
  }

  private static Endpoint node(Origin.Part part, int port) {
    Side side = part == Origin.Part.PRIMARY ? Side.SOURCE : Side.REPLICA;
    return Endpoint.parse(side, "redis://127.0.0.1:" + port)
        .from(new Origin.Node(part, List.of("127.0.0.1:1"), NodeMap.NONE));
  }

  @Test
  void aServerThatTheUserNamedStaysWhereItIs() {
    Endpoint given = Endpoint.parse(Side.SOURCE, "redis://127.0.0.1:1");
    Whereabouts there = Whereabouts.ofSource(given, SLOTS, this::find, clockwork);
    assertThat(there.askAgain()).isFalse();
    assertThat(there.now()).isEqualTo(given);
    assertThat(asked).isZero();
  }

  @Test
  void whoIsFoundInItsPlaceIsToldBeforeAnythingGoesThere() {
    source.onMove(() -> told.add(source.now().address()));
    found.put(Origin.Part.PRIMARY, 2);
    assertThat(source.askAgain()).isTrue();
    assertThat(source.now().port()).isEqualTo(2);
    assertThat(source.first().port()).isEqualTo(1);
    assertThat(told).containsExactly("127.0.0.1:2");
    assertThat(source.moves())
        .singleElement()
        .satisfies(
            move -> {
              assertThat(move.from().port()).isEqualTo(1);
              assertThat(move.to().port()).isEqualTo(2);
              assertThat(move.failover()).isTrue();
            });
  }

  @Test
  void itIsAskedForSomeTimeAfterItWasAskedLastAtTheEarliest() {
    assertThat(source.askAgain()).isFalse();
    found.put(Origin.Part.PRIMARY, 2);
    assertThat(source.askAgain()).isFalse();
    assertThat(asked).isEqualTo(1);
    clock.at(250);
    assertThat(source.askAgain()).isTrue();
    assertThat(asked).isEqualTo(2);
  }

  @Test
  void aReplicaThatBecameTheSourceIsNoReplicaWhetherOrNotAnotherIsThere() {
    assertThat(replica.isTaken()).isFalse();
    assertThat(replica.require().port()).isEqualTo(4);
    found.put(Origin.Part.PRIMARY, 4);
    source.askAgain();
    assertThat(replica.isTaken()).isTrue();
    assertThatThrownBy(replica::require)
        .isInstanceOf(RedisFailure.class)
        .hasMessageContaining("is the source of its shard by now")
        .satisfies(e -> assertThat(((RedisFailure) e).isConnectionLoss()).isTrue());

    found.put(Origin.Part.REPLICA, 7);
    clock.at(1000);
    assertThat(replica.require().port()).isEqualTo(7);
    assertThat(replica.isTaken()).isFalse();
  }

  @Test
  void aReplicaThatTheUserNamedIsNoReplicaOnceTheSourceIsThere() {
    Whereabouts named = source.ofReplica(Endpoint.parse(Side.REPLICA, "redis://127.0.0.1:4"));
    assertThat(named.isTaken()).isFalse();
    found.put(Origin.Part.PRIMARY, 4);
    source.askAgain();
    assertThat(named.isTaken()).isTrue();
    assertThatThrownBy(named::require).isInstanceOf(RedisFailure.class);
  }

  @Test
  void aServerThatTheUserNamedAsBothIsWatchedAsItsOwnReplica() {
    Whereabouts same = source.ofReplica(Endpoint.parse(Side.REPLICA, "redis://127.0.0.1:1"));
    assertThat(same.isTaken()).isFalse();
    assertThat(same.require().port()).isEqualTo(1);
  }

  @Test
  void aReplicaIsNeverFoundWhereItsSourceIs() {
    found.put(Origin.Part.REPLICA, 1);
    assertThat(replica.askAgain()).isFalse();
    assertThat(replica.now().port()).isEqualTo(4);
  }
}
