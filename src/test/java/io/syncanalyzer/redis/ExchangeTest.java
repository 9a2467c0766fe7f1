package io.syncanalyzer.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ExchangeTest {
  private long now = Long.MAX_VALUE - 5; // Its readings may wrap round.
  private final Exchange exchange = new Exchange(() -> now);

  private void ask() {
    exchange.asking();
    exchange.leaving();
  }

  @Test
  void aConnectionIsLookedAfterBeforeTheFirstCommandLeavesAndNotWithinAPipeline() {
    AtomicInteger checks = new AtomicInteger();
    exchange.beforeItLeaves(checks::incrementAndGet);
    exchange.asking();
    exchange.asking();
    assertThat(checks).hasValue(0);
    exchange.leaving();
    assertThat(checks).hasValue(1);
    exchange.leaving(); // The rest of a long command.
    exchange.answered();
    ask();
    assertThat(checks).hasValue(1);
    assertThat(exchange.owesNone()).isFalse();
    exchange.answered();
    exchange.answered();
    assertThat(exchange.owesNone()).isTrue();
    ask();
    assertThat(checks).hasValue(2);
  }

  @Test
  void whatWasPutTogetherLeavesOverTheOtherConnection() {
    exchange.beforeItLeaves(
        () -> {
          exchange.left();
          exchange.begins();
        });
    exchange.asking();
    exchange.asking();
    exchange.leaving();
    exchange.answered();
    assertThat(exchange.owesNone()).isFalse();
    exchange.answered();
    assertThat(exchange.owesNone()).isTrue();
  }

  @Test
  void whatIsForgottenIsNotOwed() {
    exchange.asking();
    exchange.forgets();
    exchange.leaving();
    assertThat(exchange.owesNone()).isTrue();
  }

  @Test
  void whatIsPushedUnaskedIsNoAnswer() {
    exchange.answered();
    assertThat(exchange.owesNone()).isFalse();
    ask();
    exchange.answered();
    assertThat(exchange.owesNone()).isFalse();
  }

  @Test
  void silenceBeginsWithTheLastByteOrWithTheUnansweredQuestionIfThatIsLater() {
    now += 100;
    assertThat(exchange.silentNanos()).isEqualTo(100);
    ask();
    now += 7;
    ask();
    assertThat(exchange.silentNanos()).isEqualTo(7);
    exchange.heard();
    now += 3;
    assertThat(exchange.silentNanos()).isEqualTo(3);
  }

  @Test
  void whatIsReadLateMayHaveComeAtOnceSoTheConnectionWasIdleSinceTheLastCommandLeft() {
    ask();
    now += 900;
    exchange.heard();
    exchange.answered();
    assertThat(exchange.idleNanos()).isEqualTo(900);
    assertThat(exchange.silentNanos()).isZero();
    ask();
    assertThat(exchange.idleNanos()).isZero();
    now += 4;
    exchange.left();
    assertThat(exchange.idleNanos()).isZero();
  }

  @Test
  void onlyAThreadThatWaitsHasWaited() {
    now += 50;
    assertThat(exchange.waitedNanos()).isZero();
    exchange.waits();
    now += 20;
    assertThat(exchange.waitedNanos()).isEqualTo(20);
    exchange.heard();
    now += 20;
    assertThat(exchange.waitedNanos()).isZero();
    exchange.waits();
    now += 20;
    exchange.gaveUp();
    assertThat(exchange.waitedNanos()).isZero();
  }

  @Test
  void anotherConnectionOwesNothing() {
    ask();
    now += 9;
    exchange.begins();
    assertThat(exchange.owesNone()).isTrue();
    assertThat(exchange.silentNanos()).isZero();
  }
}
