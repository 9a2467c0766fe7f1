package io.syncanalyzer.redis.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  void aRoundTripIsTheShortestFromAQuestionAskedAloneToItsAnswer() {
    assertThat(exchange.shortestNanos()).isEqualTo(Long.MAX_VALUE);
    ask();
    now += 300;
    exchange.answered();
    assertThat(exchange.shortestNanos()).isEqualTo(300);
    ask();
    now += 400;
    ask(); // What is asked behind another waits for that one's answer too.
    exchange.answered();
    now += 10;
    exchange.answered();
    assertThat(exchange.shortestNanos()).isEqualTo(300);
    exchange.left();
    now += 200;
    exchange.answered();
    assertThat(exchange.shortestNanos()).isEqualTo(200);
  }

  @Test
  void whatNobodyAnsweredOverAnEarlierConnectionIsNoRoundTrip() {
    ask();
    exchange.begins();
    now += 5;
    exchange.answered();
    assertThat(exchange.shortestNanos()).isEqualTo(Long.MAX_VALUE);
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
    exchange.heard(true);
    now += 3;
    assertThat(exchange.silentNanos()).isEqualTo(3);
  }

  /** What happens at which moment, and for how long nothing may have gone over it at the last. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "nothing was ever asked                          | .                      | 900 | 900",
        "a command has just left                         | ask@900                | 900 | 0",
        "no answer has come so far                       | ask@100                | 900 | 800",
        "an answer has just come, waited for all along   | ask@0 came@900         | 900 | 0",
        "an answer that came while waited for, then rest | ask@0 came@300         | 900 | 600",
        "an answer that lay here may have come at once   | ask@0 lay@900          | 900 | 900",
        "a part came while waited for, the rest lay here | ask@0 came@300 lay@900 | 900 | 600",
        "a part lay here, the rest was waited for        | ask@0 lay@300 came@900 | 900 | 0",
        "what was asked after the last answer counts     | came@200 ask@700       | 900 | 200",
        "a command ahead of the others counts as one     | ask@0 ahead@600        | 900 | 300",
        "another connection begins                       | ask@0 begin@800        | 900 | 100",
      })
  void aConnectionIsIdleSinceSomethingIsKnownToHaveGoneOverItEitherWay(
      String what, String happens, long at, long idle) {
    long from = now;
    for (String event : happens.equals(".") ? new String[0] : happens.split(" ", -1)) {
      String[] parts = event.split("@", -1);
      now = from + Long.parseLong(parts[1]);
      switch (parts[0]) {
        case "ask" -> ask();
        case "ahead" -> exchange.left();
        case "came" -> exchange.heard(true);
        case "lay" -> exchange.heard(false);
        case "begin" -> exchange.begins();
        default -> throw new IllegalArgumentException(event);
      }
    }
    now = from + at;
    assertThat(exchange.idleNanos()).as(what).isEqualTo(idle);
  }

  @Test
  void howLongNothingWasAskedIsToldWhateverCame() {
    ask();
    now += 900;
    exchange.heard(true);
    exchange.answered();
    assertThat(exchange.askedNanos()).isEqualTo(900);
    assertThat(exchange.silentNanos()).isZero();
    ask();
    assertThat(exchange.askedNanos()).isZero();
  }

  @Test
  void onlyAThreadThatWaitsHasWaited() {
    now += 50;
    assertThat(exchange.waitedNanos()).isZero();
    exchange.waits();
    now += 20;
    assertThat(exchange.waitedNanos()).isEqualTo(20);
    exchange.heard(true);
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
