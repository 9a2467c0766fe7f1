package io.syncanalyzer.verify;

import static io.syncanalyzer.verify.VerifiedPair.mismatches;
import static io.syncanalyzer.verify.VerifiedPair.verify;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.embedded.EmbeddedServer;
import io.syncanalyzer.embedded.ServerBinary;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.fence.FenceMode;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.result.verify.Mismatch;
import io.syncanalyzer.result.verify.VerifyRow;
import io.syncanalyzer.verify.attempt.VerifyRequest;
import io.syncanalyzer.verify.server.VerifyFailure;
import io.syncanalyzer.verify.settle.SettleSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("servers")
class VerifyPhaseIT {
  static Stream<Arguments> servers() {
    return Stream.concat(
        TestServers.all().map(binary -> arguments(binary, Side.SOURCE)),
        Stream.of(arguments(TestServers.onPath(), Side.REPLICA)));
  }

  private final ServerBinary binary;
  private final Side lead;
  private VerifiedPair verified;
  private EmbeddedPair pair;
  private RedisConnection source;
  private RedisConnection replica;
  @TempDir private Path folder;

  VerifyPhaseIT(ServerBinary binary, Side lead) {
    this.binary = binary;
    this.lead = lead;
  }

  @BeforeEach
  void start() {
    verified = new VerifiedPair(binary, folder).leading(lead);
    pair = verified.servers();
    source = verified.source();
    replica = verified.replica();
  }

  @AfterEach
  void stop() {
    verified.close();
  }

  private void sync() {
    assertThat(source.expect("WAIT", "1", "5000")).isEqualTo(new Reply.Int(1));
  }

  private void writeOneOfEachType() {
    source.expect("SET", "string", "v");
    source.expect("HSET", "hash", "f", "1", "g", "2");
    source.expect("RPUSH", "list", "a", "b", "c");
    source.expect("SADD", "set", "a", "b", "c");
    source.expect("ZADD", "zset", "1.5", "a", "-inf", "b", "inf", "c");
    source.expect("XADD", "stream", "1-1", "f", "v");
    source.expect("XADD", "stream", "1-2", "f", "w");
    source.expect("XGROUP", "CREATE", "stream", "g", "0");
    source.expect("XREADGROUP", "GROUP", "g", "c", "COUNT", "1", "STREAMS", "stream", ">");
  }

  @Test
  void oneOfEachTypeIsEqualAndCountedOnce() {
    writeOneOfEachType();
    sync();
    VerifySummary summary = verify(verified.request());
    assertThat(summary.incomplete()).isNull();
    assertThat(mismatches(summary)).isEmpty();
    assertThat(summary.keys(KeyVerdict.EQUAL)).isEqualTo(6);
    assertThat(summary.sourceKeys()).isEqualTo(6);
    assertThat(summary.replicaKeys()).isEqualTo(6);
    assertThat(summary.commonKeys()).isEqualTo(6);
    assertThat(summary.rows().stream().map(VerifyRow::type))
        .containsExactly("hash", "list", "set", "stream", "string", "zset");
    assertThat(summary.fence().words()).startsWith("offset");
  }

  @Test
  void everyKindOfDifferenceGetsItsOwnVerdict() {
    writeOneOfEachType();
    for (String key : List.of("missing", "ttl", "type", "expiry")) {
      source.expect("SET", key, "v");
    }
    source.expect("PEXPIRE", "ttl", "600000");
    sync();
    replica.expect("SET", "string", "w");
    replica.expect("HSET", "hash", "f", "other");
    replica.expect("RPUSH", "list", "d");
    replica.expect("SREM", "set", "a");
    replica.expect("ZADD", "zset", "1.6", "a");
    replica.expect("XACK", "stream", "g", "1-1");
    replica.expect("DEL", "missing");
    replica.expect("PEXPIRE", "ttl", "900000");
    replica.expect("PEXPIRE", "expiry", "900000");
    replica.expect("DEL", "type");
    replica.expect("RPUSH", "type", "v");
    replica.expect("SET", "extra", "v");
    VerifySummary summary = verify(verified.request());
    assertThat(summary.incomplete()).isNull();
    Map<String, KeyVerdict> verdicts = new java.util.TreeMap<>();
    mismatches(summary).forEach(m -> verdicts.put(m.key().asUtf8(), m.verdict()));
    assertThat(verdicts)
        .isEqualTo(
            new java.util.TreeMap<>(
                Map.ofEntries(
                    Map.entry("string", KeyVerdict.VALUE_DIFFERS),
                    Map.entry("hash", KeyVerdict.VALUE_DIFFERS),
                    Map.entry("list", KeyVerdict.VALUE_DIFFERS),
                    Map.entry("set", KeyVerdict.VALUE_DIFFERS),
                    Map.entry("zset", KeyVerdict.VALUE_DIFFERS),
                    Map.entry("stream", KeyVerdict.VALUE_DIFFERS),
                    Map.entry("missing", KeyVerdict.MISSING_ON_REPLICA),
                    Map.entry("ttl", KeyVerdict.TTL_DIFFERS),
                    Map.entry("expiry", KeyVerdict.TTL_DIFFERS),
                    Map.entry("type", KeyVerdict.TYPE_DIFFERS),
                    Map.entry("extra", KeyVerdict.EXTRA_ON_REPLICA))));
    assertThat(summary.mismatched()).isEqualTo(11);
    assertThat(summary.sourceKeys()).isEqualTo(10);
    assertThat(summary.replicaKeys()).isEqualTo(10);
    assertThat(summary.commonKeys()).isEqualTo(9);
    Mismatch hash =
        mismatches(summary).stream()
            .filter(m -> m.key().asUtf8().equals("hash"))
            .findFirst()
            .orElseThrow();
    assertThat(hash.field()).isEqualTo("f");
    assertThat(hash.sourceValue()).isEqualTo("1");
    assertThat(hash.replicaValue()).isEqualTo("other");
    assertThat(hash.fence()).startsWith("offset ");
  }

  @Test
  void aFieldThatExpiresAtAnotherTimeDiffersOnServersThatHaveSuchFields() {
    source.expect("HSET", "equal", "f", "v", "g", "v");
    source.expect("HSET", "other", "f", "v", "g", "v");
    for (String key : List.of("equal", "other")) {
      Reply reply = source.call("HPEXPIRE", key, "900000", "FIELDS", "1", "f");
      if (reply instanceof Reply.Failed failed) {
        assertThat(failed.message()).contains("unknown command");
        return;
      }
    }
    sync();
    replica.expect("HPEXPIRE", "other", "100000", "FIELDS", "1", "f");
    VerifySummary summary = verify(verified.request());
    assertThat(summary.keys(KeyVerdict.EQUAL)).isEqualTo(1);
    assertThat(mismatches(summary)).hasSize(1);
    assertThat(mismatches(summary).get(0).field()).isEqualTo("f");
    assertThat(mismatches(summary).get(0).detail()).contains("the field expires at");
  }

  @Test
  void theSentinelFencePassesAndLeavesNothingBehind() {
    writeOneOfEachType();
    sync();
    VerifySummary summary =
        verify(verified.request().with(SettleSettings.DEFAULT.withFence(FenceMode.SENTINEL)));
    assertThat(summary.fence().words()).startsWith("sentinel");
    assertThat(summary.keys()).isEqualTo(6);
    assertThat(source.expect("DBSIZE")).isEqualTo(new Reply.Int(6));
  }

  @Test
  void aReplicaThatFollowsNothingIsSaidToDoSo() {
    try (EmbeddedServer stranger = EmbeddedServer.start(binary, 0, List.of())) {
      VerifyRequest request =
          VerifyRequest.of(pair.source(), stranger.endpoint(Side.REPLICA), "it", folder)
              .with(
                  new SettleSettings(
                      FenceMode.AUTO,
                      Duration.ofMillis(200),
                      3,
                      Duration.ofSeconds(1),
                      Optional.empty()));
      assertThatThrownBy(() -> verify(request))
          .isInstanceOfSatisfying(
              VerifyFailure.class, e -> assertThat(e.kind()).isEqualTo(VerifyFailure.Kind.FENCE))
          .hasMessageContaining("follows nothing that we write");
    }
  }

  @Test
  void aServerComparedWithItselfIsRefused() {
    VerifyRequest request =
        VerifyRequest.of(pair.source(), pair.source().as(Side.REPLICA), "it", folder);
    assertThatThrownBy(() -> verify(request))
        .isInstanceOfSatisfying(
            VerifyFailure.class,
            e -> assertThat(e.kind()).isEqualTo(VerifyFailure.Kind.SAME_SERVER));
  }
}
