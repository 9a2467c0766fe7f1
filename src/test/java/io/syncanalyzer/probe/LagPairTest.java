package io.syncanalyzer.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.NodeMap;
import io.syncanalyzer.redis.Origin;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.HashSlot;
import io.syncanalyzer.redis.topology.HashTags;
import io.syncanalyzer.redis.topology.Layout;
import io.syncanalyzer.redis.topology.Shard;
import io.syncanalyzer.redis.topology.ShardPairs;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.redis.topology.Topology;
import io.syncanalyzer.sentinel.SentinelSchedule;
import io.syncanalyzer.sentinel.SentinelType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a layout becomes pairs with sentinels of their own, and how these share a schedule. */
class LagPairTest {
  private static final List<SentinelType> TYPES = List.of(SentinelType.values());

  @ParameterizedTest(name = "{0} to {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "all                    | all                | s1>r1 0-16383",
        "0-9 10-16383           | 0-9 10-16383       | s1>r1 0-9; s2>r2 10-16383",
        "0-9 10-16383           | 0-4 5-16383        | s1>r1 0-4; s1>r2 5-9; s2>r2 10-16383",
        "0-9 10-16383           | all                | s1>r1 0-9; s2>r1 10-16383",
        "all                    | 0-9 10-16383       | s1>r1 0-9; s1>r2 10-16383",
        "0-9                    | 5-9 10-20          | s1>r1 5-9",
      })
  void pairsAreThoseWhoseSlotsOverlap(String source, String replica, String pairs) {
    Topology one = topology(Side.SOURCE, "s", source);
    Topology other = topology(Side.REPLICA, "r", replica);
    Layout layout = new Layout(one, List.of(other), List.of(ShardPairs.ofPrimaries(one, other)));
    assertThat(words(LagPair.of(layout))).isEqualTo(pairs);
    assertThat(LagPair.of(layout)).allMatch(pair -> pair.names().equals(List.of("")));
  }

  @Test
  void severalReplicasWatchTheSameSentinelsWhereAllHoldTheirSlots() {
    Topology source = topology(Side.SOURCE, "s", "0-99 100-16383");
    Topology same = topology(Side.REPLICA, "r", "0-99 100-16383");
    Topology other = topology(Side.REPLICA, "q", "0-49 50-16383");
    Layout layout =
        new Layout(
            source,
            List.of(same, other),
            List.of(ShardPairs.ofPrimaries(source, same), ShardPairs.ofPrimaries(source, other)));
    assertThat(words(LagPair.of(layout)))
        .isEqualTo("s1>r1,q1 0-49; s1>r1,q2 50-99; s2>r2,q2 100-16383");
    assertThat(LagPair.of(layout)).allMatch(pair -> pair.names().equals(List.of("r1:1", "q1:1")));
  }

  @Test
  void allReplicasOfAShardWatchIt() {
    Endpoint primary = endpoint(Side.SOURCE, "s1");
    List<Endpoint> replicas = List.of(endpoint(Side.REPLICA, "a"), endpoint(Side.REPLICA, "b"));
    Topology cluster =
        new Topology(primary, true, List.of(new Shard(primary, replicas, SlotSet.ALL)));
    Layout layout =
        new Layout(
            cluster,
            List.of(cluster, cluster),
            List.of(
                ShardPairs.ofReplicas(cluster, cluster, 0),
                ShardPairs.ofReplicas(cluster, cluster, 1)));
    assertThat(words(LagPair.of(layout))).isEqualTo("s1>a,b 0-16383");
    assertThat(LagPair.of(layout).get(0).names()).containsExactly("", "");
  }

  @Test
  void aPairOfSingleServersHasNoTagAndItsReplicasTheirNames() {
    Endpoint source = Endpoint.parse(Side.SOURCE, "redis://s:1");
    Endpoint replica = Endpoint.parse(Side.REPLICA, "redis://r:1");
    assertThat(LagPair.of(source, List.of(replica)).tag()).isEmpty();
    assertThat(LagPair.of(source, List.of(replica)).names()).containsExactly("");
    assertThat(LagPair.of(source, List.of(replica, replica)).names()).containsExactly("r:1", "r:1");
  }

  @Test
  void aTagLiesInASlotOfItsPair() {
    LagPair pair =
        new LagPair(
            endpoint(Side.SOURCE, "s"),
            List.of(endpoint(Side.REPLICA, "r")),
            List.of(""),
            SlotSet.parse("5461-10922"));
    String tag = pair.tag();
    assertThat(tag).matches("\\{" + HashTags.FORM + "\\}");
    byte[] key = ("sa:r:string:0" + tag + ":7").getBytes(java.nio.charset.StandardCharsets.UTF_8);
    assertThat(pair.slots().contains(HashSlot.of(key, 0, key.length))).isTrue();
    assertThat(pair.slot().contains(HashSlot.of(key, 0, key.length))).isTrue();
  }

  @Test
  void aPairWithoutAReplicaOrASlotIsRefused() {
    Endpoint source = endpoint(Side.SOURCE, "s");
    assertThatThrownBy(() -> new LagPair(source, List.of(), List.of(), SlotSet.ALL))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LagPair(source, List.of(source), List.of(""), SlotSet.NONE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LagPair(source, List.of(source), List.of(), SlotSet.ALL))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSinglePairHasItsTypesTurnsInOrder() {
    assertThat(LagStream.of(1, TYPES).stream().map(LagStream::type))
        .containsExactlyElementsOf(TYPES);
  }

  @ParameterizedTest
  @CsvSource({"1, 6", "2, 12", "3, 18", "30, 180", "32, 192", "33, 165", "100, 100", "250, 250"})
  void everyPairAndEveryTypeHasStreamsAndTheyAreBounded(int pairs, int streams) {
    List<LagStream> all = LagStream.of(pairs, TYPES);
    assertThat(all).hasSize(streams).doesNotHaveDuplicates();
    Set<Integer> seen = new HashSet<>();
    Set<SentinelType> types = new HashSet<>();
    all.forEach(stream -> seen.add(stream.pair()));
    all.forEach(stream -> types.add(stream.type()));
    assertThat(seen).hasSize(pairs);
    assertThat(types).hasSize(TYPES.size());
  }

  @ParameterizedTest
  @CsvSource({"1, 1000", "3, 1000", "3, 1", "7, 12.5", "30, 1000", "30, 100000", "100, 50"})
  void theRatesOfAllPairsAddUpToTheOneAskedForAndNoTwoFireAtOnce(int pairs, double rate) {
    int streams = LagStream.of(pairs, TYPES).size();
    SentinelSchedule schedule =
        new SentinelSchedule(rate, streams, Duration.ZERO, Optional.of(Duration.ofSeconds(20)));
    long sum = 0;
    List<Long> first = new ArrayList<>();
    for (int stream = 0; stream < streams; stream++) {
      sum += schedule.turnsBefore(stream, schedule.endNanos());
      first.add(schedule.dueNanos(stream, 0));
    }
    assertThat(sum).isEqualTo((long) Math.ceil(rate * 20));
    assertThat(first).doesNotHaveDuplicates().isSorted();
  }

  @ParameterizedTest
  @CsvSource({"1, 1000, 4", "3, 1000, 2", "30, 1000, 1", "3, 100000, 10", "100, 1000, 1"})
  void soManyPairsHaveOnlySoManyLanes(int pairs, double rate, int lanes) {
    int streams = LagStream.of(pairs, TYPES).size();
    assertThat(Writing.DEFAULT.withRate(rate).lanes(streams, pairs)).isEqualTo(lanes);
  }

  private static Topology topology(Side side, String name, String shards) {
    if (shards.equals("all")) {
      return Topology.single(Endpoint.parse(side, "redis://" + name + "1:1"));
    }
    List<Shard> made = new ArrayList<>();
    for (String slots : shards.split(" +", -1)) {
      Endpoint primary = endpoint(side, name + (made.size() + 1));
      made.add(new Shard(primary, List.of(), SlotSet.parse(slots)));
    }
    return new Topology(made.get(0).primary(), true, made);
  }

  private static Endpoint endpoint(Side side, String host) {
    return Endpoint.parse(side, "redis://" + host + ":1")
        .from(
            new Origin.Node(
                side == Side.SOURCE ? Origin.Part.PRIMARY : Origin.Part.REPLICA,
                List.of(host + ":1"),
                NodeMap.NONE));
  }

  private static String words(List<LagPair> pairs) {
    List<String> words = new ArrayList<>();
    for (LagPair pair : pairs) {
      String[] replicas = pair.replicas().stream().map(Endpoint::host).toArray(String[]::new);
      words.add(
          pair.source().host()
              + ">"
              + String.join(",", Arrays.asList(replicas))
              + " "
              + pair.slots());
    }
    return String.join("; ", words);
  }
}
