package io.syncanalyzer.load.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LoadProofTest {
  @Test
  void aClaimThatTheSourceServedIsProved() {
    LoadProof proof =
        proof(Map.of("HSET", 70L), calls(Map.of("hset", 30L)), calls(Map.of("hset", 100L)));

    assertThat(proof.gap()).isEmpty();
    assertThat(proof.ofOthers()).isZero();
    assertThat(proof.served()).isEqualTo(70);
  }

  @Test
  void whatOtherClientsDidIsTold() {
    LoadProof proof =
        proof(Map.of("SET", 70L), calls(Map.of()), calls(Map.of("set", 90L, "ping", 5L)));

    assertThat(proof.gap()).isEmpty();
    assertThat(proof.ofOthers()).isEqualTo(20);
  }

  @Test
  void oneOperationTooFewIsAGap() {
    LoadProof proof =
        proof(Map.of("SET", 70L), calls(Map.of("set", 1L)), calls(Map.of("set", 70L)));

    assertThat(proof.gap().orElseThrow()).startsWith("70 SET are claimed, the source served 69");
  }

  @Test
  void theExcessOfOneCommandDoesNotCoverTheLackOfAnother() {
    LoadProof proof =
        proof(
            Map.of("SET", 10L, "SADD", 10L),
            calls(Map.of()),
            calls(Map.of("set", 100L, "sadd", 9L)));

    assertThat(proof.gap().orElseThrow()).contains("10 SADD are claimed, the source served 9");
  }

  @Test
  void memtierSendsSetsThatExpireAsSetex() {
    assertThat(
            proof(Map.of("SET", 10L), calls(Map.of()), calls(Map.of("setex", 8L, "setrange", 2L)))
                .gap())
        .isEmpty();
  }

  @Test
  void getsOfSeveralKeysAtOnceAreNotCountedByCall() {
    assertThat(proof(Map.of("GET", 10L), calls(Map.of()), calls(Map.of("mget", 2L))).gap())
        .isEmpty();
  }

  @Test
  void subcommandsCountForTheirCommand() {
    assertThat(
            proof(Map.of("XGROUP", 3L), calls(Map.of()), calls(Map.of("xgroup|create", 3L))).gap())
        .isEmpty();
  }

  @Test
  void aVersionThatOnlyTellsTheTotalIsCheckedByIt() {
    LoadProof fits =
        LoadProof.of(
            Map.of(),
            OptionalLong.of(10),
            calls(Map.of("set", 5L)),
            calls(Map.of("set", 10L, "get", 5L)));
    LoadProof lacks =
        LoadProof.of(
            Map.of(), OptionalLong.of(10), calls(Map.of("set", 5L)), calls(Map.of("set", 14L)));

    assertThat(fits.gap()).isEmpty();
    assertThat(lacks.gap().orElseThrow())
        .startsWith("10 operations are claimed, the source served 9");
  }

  @Test
  void aRestartProvesNothing() {
    Endpoint source = Endpoint.parse(Side.SOURCE, "redis://h:1");
    SourceCounters after =
        new SourceCounters(Optional.of("other"), false, Map.of("set", 1000L), Map.of());

    assertThat(
            LoadProof.of(
                    Map.of("SET", 10L),
                    OptionalLong.empty(),
                    PrimaryCounters.compared(Map.of(source, calls(Map.of())), any -> after))
                .gap())
        .contains("the source restarted during the load, so nothing it wrote is proved");
  }

  @Test
  void countsThatWereResetAreAGap() {
    assertThat(
            proof(Map.of("SET", 10L), calls(Map.of("set", 500L)), calls(Map.of("set", 3L)))
                .gap()
                .orElseThrow())
        .contains("the source served 0", "CONFIG RESETSTAT");
  }

  @Test
  void newErrorRepliesAreToldByKind() {
    SourceCounters before =
        new SourceCounters(Optional.of("a"), false, Map.of(), Map.of("OOM", 2L, "ERR", 1L));
    SourceCounters after =
        new SourceCounters(
            Optional.of("a"), false, Map.of(), Map.of("OOM", 7L, "ERR", 1L, "READONLY", 3L));

    assertThat(LoadProof.of(Map.of(), OptionalLong.empty(), before, after).errors())
        .containsExactly(Map.entry("OOM", 5L), Map.entry("READONLY", 3L));
  }

  private static SourceCounters calls(Map<String, Long> calls) {
    return new SourceCounters(Optional.of("a"), false, calls, Map.of());
  }

  private static LoadProof proof(
      Map<String, Long> claims, SourceCounters before, SourceCounters after) {
    return LoadProof.of(claims, OptionalLong.empty(), before, after);
  }
}
