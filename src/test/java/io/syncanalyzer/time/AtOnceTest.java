package io.syncanalyzer.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class AtOnceTest {
  private final CountDownLatch both = new CountDownLatch(2);

  private String meets(String answer) {
    both.countDown();
    try {
      return both.await(10, TimeUnit.SECONDS) ? answer : "alone";
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void twoAreAskedAtOnceAndAnswerInOrder() {
    List<String> answers = AtOnce.both(() -> meets("one"), () -> meets("other"), List::of);
    assertThat(answers).containsExactly("one", "other");
  }

  @Test
  void manyAreAskedAtOnceAndAnswerInOrder() {
    assertThat(AtOnce.each(List.of("one", "other"), this::meets)).containsExactly("one", "other");
  }

  @Test
  void theFirstFailureIsToldOnceBothHaveEnded() {
    AtomicBoolean ended = new AtomicBoolean();
    assertThatThrownBy(
            () ->
                AtOnce.both(
                    () -> {
                      throw new IllegalStateException("first");
                    },
                    () -> {
                      ended.set(true);
                      throw new IllegalStateException("second");
                    },
                    List::of))
        .hasMessage("first");
    assertThat(ended).isTrue();
  }

  @Test
  void theSecondFailureIsToldAsItWas() {
    IllegalStateException failure = new IllegalStateException("second");
    assertThatThrownBy(
            () ->
                AtOnce.both(
                    () -> "one",
                    () -> {
                      throw failure;
                    },
                    List::of))
        .isSameAs(failure);
  }

  @Test
  void anErrorStaysOne() {
    assertThatThrownBy(
            () ->
                AtOnce.both(
                    () -> "one",
                    () -> {
                      throw new StackOverflowError("deep");
                    },
                    List::of))
        .isInstanceOf(StackOverflowError.class);
  }

  @Test
  void anInterruptEndsNothingAndStaysSet() {
    Thread.currentThread().interrupt();
    List<String> answers = AtOnce.both(() -> "one", () -> "other", List::of);
    assertThat(answers).containsExactly("one", "other");
    assertThat(Thread.interrupted()).isTrue();
  }
}
