package io.syncanalyzer.load.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.load.proof.PrimaryCounters.Counted;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.NodeMap;
import io.syncanalyzer.redis.Origin;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Side;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PrimaryCountersTest {
  private static final Endpoint ONE = node(7001);
  private static final Endpoint TWO = node(7002);
  private static final Endpoint THREE = node(7003);

  @Test
  void whatAllPrimariesServedCoversTheClaim() {
    PrimaryCounters counted =
        compared(
            Map.of(ONE, counts("a", 10), TWO, counts("b", 5), THREE, counts("c", 0)),
            Map.of(ONE, counts("a", 40), TWO, counts("b", 35), THREE, counts("c", 40)));

    LoadProof proof = LoadProof.of(Map.of("SET", 100L), OptionalLong.empty(), counted);
    assertThat(proof.gap()).isEmpty();
    assertThat(proof.served()).isEqualTo(100);
    assertThat(counted.shards()).containsOnlyKeys("h:7001", "h:7002", "h:7003");
    assertThat(LoadProof.served(List.of("SET"), shard(counted, "h:7002"))).isEqualTo(30);
    assertThat(LoadProof.served(List.of("HSET"), shard(counted, "h:7002"))).isZero();
  }

  @Test
  void oneCommandLessThanClaimedOverAllIsAGap() {
    PrimaryCounters counted =
        compared(
            Map.of(ONE, counts("a", 0), TWO, counts("b", 0)),
            Map.of(ONE, counts("a", 50), TWO, counts("b", 49)));

    assertThat(LoadProof.of(Map.of("SET", 100L), OptionalLong.empty(), counted).gap().orElseThrow())
        .startsWith("100 SET are claimed, the source served 99");
  }

  @Test
  void errorsOfAllAreAddedUp() {
    PrimaryCounters counted =
        compared(
            Map.of(ONE, errors(Map.of("MOVED", 3L)), TWO, errors(Map.of())),
            Map.of(ONE, errors(Map.of("MOVED", 5L)), TWO, errors(Map.of("MOVED", 7L, "ERR", 1L))));

    assertThat(LoadProof.of(Map.of(), OptionalLong.empty(), counted).errors())
        .containsExactly(Map.entry("ERR", 1L), Map.entry("MOVED", 9L));
  }

  @Test
  void aPrimaryThatIsAReplicaByThenProvesNothingHoweverMuchItCounted() {
    PrimaryCounters counted =
        compared(
            Map.of(ONE, counts("a", 0), TWO, counts("b", 0)),
            Map.of(
                ONE,
                counts("a", 90),
                TWO,
                new SourceCounters(Optional.of("b"), true, Map.of("set", 900L), Map.of())));

    LoadProof proof = LoadProof.of(Map.of("SET", 50L), OptionalLong.empty(), counted);
    assertThat(proof.gap()).contains("failover: the primary h:7002 is a replica by now");
    assertThat(proof.served()).isEqualTo(90);
    assertThat(counted.shards()).containsOnlyKeys("h:7001");
  }

  @Test
  void aPrimaryThatRestartedIsNamed() {
    PrimaryCounters counted =
        compared(
            Map.of(ONE, counts("a", 0), TWO, counts("b", 0)),
            Map.of(ONE, counts("a", 90), TWO, counts("other", 900)));

    assertThat(counted.loss().orElseThrow()).contains("h:7002", "restarted during the load");
  }

  @Test
  void aPrimaryThatIsGoneIsAFailoverAndTheOthersAreCountedAllTheSame() {
    Map<Endpoint, SourceCounters> before = new LinkedHashMap<>();
    before.put(ONE, counts("a", 0));
    before.put(TWO, counts("b", 0));
    PrimaryCounters counted =
        PrimaryCounters.compared(
            before,
            node -> {
              if (node.equals(TWO)) {
                throw new RedisFailure(RedisFailure.Kind.REFUSED, node, "refused", null);
              }
              return counts("a", 12);
            });

    assertThat(counted.loss()).contains("failover: the primary h:7002 is gone");
    assertThat(counted.after().calls()).containsEntry("set", 12L);
  }

  @Test
  void theOnlyServerSaysItselfWhatIsWrong() {
    RedisFailure gone = new RedisFailure(RedisFailure.Kind.REFUSED, ONE, "refused", null);
    assertThatThrownBy(
            () ->
                PrimaryCounters.compared(
                    Map.of(ONE, counts("a", 0)),
                    node -> {
                      throw gone;
                    }))
        .isSameAs(gone);
  }

  private static Counted shard(PrimaryCounters counted, String name) {
    return Optional.ofNullable(counted.shards().get(name)).orElseThrow();
  }

  private static PrimaryCounters compared(
      Map<Endpoint, SourceCounters> before, Map<Endpoint, SourceCounters> after) {
    return PrimaryCounters.compared(
        before, node -> Optional.ofNullable(after.get(node)).orElseThrow());
  }

  private static SourceCounters counts(String runId, long sets) {
    return new SourceCounters(Optional.of(runId), false, Map.of("set", sets), Map.of());
  }

  private static SourceCounters errors(Map<String, Long> errors) {
    return new SourceCounters(Optional.of("a"), false, Map.of("set", 1L), errors);
  }

  private static Endpoint node(int port) {
    return Endpoint.parse(Side.SOURCE, "redis://h:" + port)
        .from(new Origin.Node(Origin.Part.PRIMARY, List.of("h:7001"), NodeMap.NONE));
  }
}
