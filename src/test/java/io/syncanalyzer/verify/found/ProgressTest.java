package io.syncanalyzer.verify.found;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final AtomicLong now = new AtomicLong();
  private final List<VerifyProgress> told = new ArrayList<>();
  private final Progress progress = new Progress(told::add, now::get);

  private void pass(int seconds) {
    now.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  private VerifyProgress after(int seconds, String step) {
    now.addAndGet(Duration.ofSeconds(seconds).toNanos());
    progress.tell(step);
    return told.get(told.size() - 1);
  }

  @Test
  void percentAndTheTimeLeftAreOfKeysScannedNotOfTheFewCompared() {
    progress.pass(OptionalLong.of(1000), 0);
    pass(10);
    progress.scanned(250);
    progress.done(3);
    VerifyProgress heard = after(0, "comparing");
    assertThat(heard.percent()).hasValue(25);
    assertThat(heard.remaining()).contains(Duration.ofSeconds(30));
    assertThat(heard.keysDone()).isEqualTo(3);
  }

  @Test
  void theSecondPassIsTimedByItself() {
    progress.pass(OptionalLong.of(1000), 0);
    progress.scanned(1000);
    assertThat(after(100, "comparing").percent()).hasValue(100);
    progress.pass(OptionalLong.of(2000), 0);
    progress.scanned(500);
    VerifyProgress heard = after(1, "looking for extra keys");
    assertThat(heard.percent()).hasValue(25);
    assertThat(heard.remaining()).contains(Duration.ofSeconds(3));
  }

  @Test
  void whatWasScannedBeforeAResumeCountsButNotForThePace() {
    progress.pass(OptionalLong.of(1000), 800);
    pass(10);
    progress.scanned(900);
    VerifyProgress heard = after(0, "comparing");
    assertThat(heard.percent()).hasValue(90);
    assertThat(heard.remaining()).contains(Duration.ofSeconds(10));
  }

  @Test
  void whereNobodyKnowsHowManyThereAreNoPercentIsTold() {
    progress.pass(OptionalLong.empty(), 0);
    progress.scanned(10);
    assertThat(after(1, "comparing").percent()).isEmpty();
    assertThat(told.get(0).remaining()).isEmpty();
  }

  @Test
  void aTimeLeftThatCannotBeKnownIsNotTold() {
    progress.pass(OptionalLong.of(1000), 0);
    now.addAndGet(Duration.ofMillis(300).toNanos());
    progress.scanned(900);
    progress.tell("comparing");
    assertThat(told.get(0).remaining()).as("at the very begin").isEmpty();
    assertThat(after(2, "comparing").remaining()).contains(Duration.ofSeconds(1));
    progress.tellBeside("settling");
    pass(1);
    progress.tellBeside("settling");
    assertThat(told.get(told.size() - 1).remaining()).as("beside the pass").isEmpty();
    assertThat(after(9, "comparing").remaining()).as("nothing came for long").isEmpty();
    progress.scanned(1000);
    assertThat(after(1, "comparing").remaining()).as("all that was to come has").isEmpty();
  }

  @Test
  void theEndTellsAllThatWasLookedAtWhateverPassWasLast() {
    progress.pass(OptionalLong.of(5000), 0);
    progress.done(4800);
    progress.leftOut(200);
    progress.pass(OptionalLong.of(5000), 0);
    progress.scanned(1000);
    after(1, "looking for extra keys");
    progress.ended();
    VerifyProgress end = told.get(told.size() - 1);
    assertThat(end.step()).isEqualTo("done");
    assertThat(end.keysScanned()).isEqualTo(5000);
    assertThat(end.keysTotal()).isEqualTo(5000);
    assertThat(end.keysDone()).isEqualTo(4800);
    assertThat(end.remaining()).isEmpty();
  }

  @Test
  void waitingIsToldOverWhatItInterrupts() {
    after(1, "comparing");
    now.addAndGet(Duration.ofSeconds(1).toNanos());
    progress.tellWaiting("the replica is busy running a script");
    assertThat(told.get(1).step()).isEqualTo("comparing");
    assertThat(told.get(1).waitingFor()).isEqualTo("the replica is busy running a script");
    assertThat(told.get(0).waitingFor()).isNull();
  }
}
