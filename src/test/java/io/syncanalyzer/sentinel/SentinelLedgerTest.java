package io.syncanalyzer.sentinel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.sentinel.SentinelLedger.State;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SentinelLedgerTest {
  @Test
  void whatIsSentCanBeReadUntilAllReadersAreDone() {
    SentinelLedger ledger = new SentinelLedger(3, 2);
    assertThat(ledger.capacity()).isEqualTo(4);
    for (int i = 0; i < 4; i++) {
      assertThat(ledger.next()).isEqualTo(i);
      assertThat(ledger.send(10 + i, 20 + i)).isEqualTo(i);
    }
    assertThat(ledger.isFull()).isTrue();
    assertThatThrownBy(() -> ledger.send(0, 0)).hasMessageContaining("full");
    ledger.release(0, 2);
    assertThat(ledger.isFull()).isTrue();
    ledger.release(1, 1);
    assertThat(ledger.releasedByAll()).isEqualTo(1);
    assertThat(ledger.isFull()).isFalse();
    assertThat(ledger.send(14, 24)).isEqualTo(4);
    assertThat(ledger.sent()).isEqualTo(5);
    assertThat(ledger.intendedNanos(4)).isEqualTo(14);
    assertThat(ledger.sendNanos(1)).isEqualTo(21);
    assertThat(ledger.slot(4)).isEqualTo(ledger.slot(0));
  }

  @Test
  void aWriteIsSettledOnce() {
    SentinelLedger ledger = new SentinelLedger(1, 1);
    long sequence = ledger.send(1, 2);
    assertThat(ledger.state(sequence)).isEqualTo(State.SENT);
    assertThat(ledger.settle(sequence, State.UNKNOWN, 3)).isTrue();
    assertThat(ledger.settle(sequence, State.ACKED, 4)).isFalse();
    assertThat(ledger.state(sequence)).isEqualTo(State.UNKNOWN);
    assertThat(ledger.ackNanos(sequence)).isEqualTo(3);
  }

  @Test
  void aReaderOnAnotherThreadSeesEverySentinelWithItsTimes() throws Exception {
    SentinelLedger ledger = new SentinelLedger(64, 1);
    long many = 200_000;
    CompletableFuture<Long> reading =
        CompletableFuture.supplyAsync(
            () -> {
              long wrong = 0;
              for (long next = 0; next < many; ) {
                long visible = ledger.sent();
                for (; next < visible; next++) {
                  while (ledger.state(next) == State.SENT) {
                    Thread.onSpinWait();
                  }
                  if (ledger.sendNanos(next) != 2 * next || ledger.ackNanos(next) != 3 * next) {
                    wrong++;
                  }
                  ledger.release(0, next + 1);
                }
              }
              return wrong;
            });
    for (long i = 0; i < many; i++) {
      while (ledger.isFull()) {
        Thread.onSpinWait();
      }
      ledger.settle(ledger.send(i, 2 * i), State.ACKED, 3 * i);
    }
    assertThat(reading.get()).isZero();
  }

  @Test
  void aLedgerNeedsASlotAndAReader() {
    assertThatThrownBy(() -> new SentinelLedger(0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SentinelLedger(1, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
