package io.syncanalyzer.fence;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.scripted.ScriptedClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComebackTest {
  private static final long MILLI = 1_000_000;
  private static final Endpoint SOURCE =
      Endpoint.parse(Side.SOURCE, "redis://127.0.0.1:7001")
          .withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(4));
  private final RedisFailure loss =
      new RedisFailure(RedisFailure.Kind.DISCONNECTED, SOURCE, "lost", null);

  private final ScriptedClock clock = new ScriptedClock();
  private final List<Long> allowed = new ArrayList<>();
  private final List<String> said = new ArrayList<>();

  @Test
  void oneThatAnswersAtOnceIsNotWaitedFor() {
    assertThat(comesBackAt(1, 0)).isTrue();
    assertThat(clock.parked()).isEmpty();
    assertThat(allowed).containsExactly(4000L);
  }

  @Test
  void itIsAskedAgainAfterPausesThatGrowUntilItsTimeoutIsOver() {
    assertThat(comesBackAt(Integer.MAX_VALUE, 0)).isFalse();
    assertThat(clock.parked())
        .containsExactly(
            20 * MILLI,
            40 * MILLI,
            80 * MILLI,
            160 * MILLI,
            320 * MILLI,
            500 * MILLI,
            500 * MILLI,
            500 * MILLI,
            500 * MILLI,
            500 * MILLI,
            500 * MILLI,
            380 * MILLI);
    assertThat(said).containsExactly("the source redis://127.0.0.1:7001 is gone, for 3 s now");
  }

  @Test
  void eachAttemptMayTakeWhatIsLeft() {
    assertThat(comesBackAt(4, 1000)).isTrue();
    assertThat(allowed).containsExactly(4000L, 2980L, 1940L, 860L);
  }

  @Test
  void anAttemptThatTakesAllThereIsIsTheLast() {
    assertThat(comesBackAt(Integer.MAX_VALUE, 4000)).isFalse();
    assertThat(allowed).containsExactly(4000L);
  }

  @Test
  void whoeverGivesUpIsAskedBeforeEachAttempt() {
    assertThat(
            Comeback.of(
                loss, clock, () -> allowed.size() == 2, said::add, (one, left) -> refuses(left)))
        .isFalse();
    assertThat(allowed).hasSize(2);
  }

  @Test
  void aLossForGoodSaysSo() {
    RedisFailure failed = Comeback.failed(loss);
    assertThat(failed).hasMessage("lost; it did not come back within 4000 ms").hasCause(loss);
    assertThat(failed.kind()).isEqualTo(loss.kind());
    assertThat(failed.endpoint()).isEqualTo(SOURCE);
  }

  private boolean refuses(Duration left) {
    allowed.add(left.toMillis());
    return false;
  }

  private boolean comesBackAt(int attempt, long millisEach) {
    return Comeback.of(
        loss,
        clock,
        () -> false,
        said::add,
        (endpoint, left) -> {
          allowed.add(left.toMillis());
          clock.pass(millisEach * MILLI);
          return allowed.size() == attempt;
        });
  }
}
