package io.syncanalyzer.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.verify.server.VerifyFailure;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Parts of a limit: never more together than the limit. */
@Timeout(30)
class SharedRateTest {
  private final SharedRate rate = new SharedRate();

  @Test
  void withoutALimitNobodyWaitsAndNothingIsAsked() {
    SharedRate.Part part =
        rate.take(
            null,
            () -> {
              throw new AssertionError("asked");
            });
    assertThat(part.perSecond()).isNull();
    part.close();
  }

  @Test
  void soManyPartsAsThereAreOfUseAreTheLimitTogether() {
    assertThat(rate.take(900.0, () -> 3).perSecond()).isEqualTo(300);
    assertThat(rate.take(900.0, () -> 5).perSecond()).isEqualTo(300);
  }

  @Test
  void aLimitBelowThePartsHasFewerOfThemSoThatNoneIsBelowOneASecond() {
    assertThat(rate.take(10.0, () -> 30).perSecond()).isEqualTo(1);
    assertThat(new SharedRate().take(2.5, () -> 30).perSecond()).isEqualTo(1.25);
    assertThat(new SharedRate().take(1.0, () -> 30).perSecond()).isEqualTo(1);
  }

  @Test
  void whoComesWhenAllPartsAreTakenWaitsForOne() throws Exception {
    SharedRate.Part first = rate.take(100.0, () -> 1);
    CompletableFuture<SharedRate.Part> second =
        CompletableFuture.supplyAsync(() -> rate.take(100.0, () -> 1));
    Thread.sleep(100);
    assertThat(second).isNotDone();
    first.close();
    assertThat(second.get(10, TimeUnit.SECONDS).perSecond()).isEqualTo(100);
  }

  @Test
  void anInterruptEndsTheWait() {
    rate.take(100.0, () -> 0);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> rate.take(100.0, () -> 1))
        .isInstanceOfSatisfying(
            VerifyFailure.class,
            failure -> assertThat(failure.kind()).isEqualTo(VerifyFailure.Kind.INTERRUPTED));
    assertThat(Thread.interrupted()).isTrue();
  }
}
