package io.syncanalyzer.redis.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Secret;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.wire.HostileServer.Trick;
import io.syncanalyzer.time.NanoClock;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class HostileServerTest {
  private static final Duration TIMEOUT = Duration.ofMillis(700);

  @ParameterizedTest
  @EnumSource
  void aQuestionEndsWithOneLineThatNamesServerAndCauseInTime(Trick trick) throws Exception {
    try (HostileServer server = HostileServer.start(trick, 1);
        RedisConnection connection = RedisConnection.open(at(server))) {
      long before = System.nanoTime();
      RedisFailure failure =
          catchThrowableOfType(RedisFailure.class, () -> connection.expect("INFO"));
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(TIMEOUT.plusSeconds(5));
      if (trick == Trick.LARGE_BULK_THAT_COMES && failure == null) {
        // A heap that is large enough may hold it.
        assertThat(Runtime.getRuntime().maxMemory()).isGreaterThan(8L << 30);
        return;
      }
      assertThat(failure).hasMessageContaining(trick.cause()).hasMessageContaining("127.0.0.1:");
      assertThat(String.valueOf(failure.getMessage()).lines()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"LARGE_BULK_THAT_COMES", "BILLION_ELEMENTS"})
  void theLoginIsNoEasierToFool(Trick trick) throws Exception {
    try (HostileServer server = HostileServer.start(trick, 0)) {
      Endpoint endpoint =
          at(server).withCredentials(Optional.empty(), Optional.of(new Secret("hunter2")));
      long before = System.nanoTime();
      assertThatThrownBy(() -> RawConnection.open(endpoint))
          .isInstanceOf(RedisFailure.class)
          .hasMessageContaining("127.0.0.1:" + server.port())
          .message()
          .doesNotContain("hunter2");
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(TIMEOUT.plusSeconds(3));
    }
  }

  @Test
  void aHandshakeThatDripsEndsInTimeToo() throws Exception {
    try (HostileServer server = HostileServer.start(Trick.DRIP, 0)) {
      Endpoint endpoint =
          Endpoint.parse(Side.SOURCE, "rediss://127.0.0.1:" + server.port())
              .withTimeouts(TIMEOUT, TIMEOUT);
      long before = System.nanoTime();
      assertThatThrownBy(() -> RedisConnection.open(endpoint)).isInstanceOf(RedisFailure.class);
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(TIMEOUT.plusSeconds(3));
    }
  }

  @Test
  void whatIsSkippedMayBeNestedHoweverDeep() {
    RawInput in = reading("*1\r\n".repeat(200_000) + ":1\r\n+next\r\n");
    in.next();
    in.skipRest();
    assertThat(in.reply()).isEqualTo(new Reply.Text(Bytes.utf8("next")));
  }

  @Test
  void whatAServerSaysIsPrintable() {
    RawInput in = reading("-ERR \u001b[31mred\u0007 \u202egnirts \u009b1m\r\n");
    assertThat(in.reply()).isEqualTo(new Reply.Failed("ERR  [31mred   gnirts  1m"));
    assertThat(ServerInfo.parse("redis_version:7\u001b]8;;http://x\u0007\n").version())
        .isEqualTo("7 ]8;;http://x");
  }

  @Test
  void anAnswerThatIsNotTheOneAskedForIsRefused() {
    assertThatThrownBy(() -> reading("*2\r\n$1\r\na\r\n$1\r\nb\r\n").expectArray(3))
        .isInstanceOf(RedisFailure.class)
        .hasMessageContaining("2 elements where 3");
    assertThatThrownBy(() -> reading(":5\r\n").expectBulk()).isInstanceOf(RedisFailure.class);
    assertThatThrownBy(() -> reading("$-1\r\n").expectBulk()).isInstanceOf(RedisFailure.class);
    assertThatThrownBy(() -> reading("+OK\r\n").expectArray()).isInstanceOf(RedisFailure.class);
  }

  private static Endpoint at(HostileServer server) {
    return Endpoint.parse(Side.SOURCE, "redis://127.0.0.1:" + server.port())
        .withTimeouts(TIMEOUT, TIMEOUT);
  }

  private static RawInput reading(String sent) {
    return new RawInput(
        Endpoint.parse(Side.SOURCE, "redis://127.0.0.1:1"),
        new Exchange(System::nanoTime),
        new PatientSocket(NanoClock.SYSTEM, 1000),
        new ByteArrayInputStream(sent.getBytes(StandardCharsets.UTF_8)),
        false);
  }
}
