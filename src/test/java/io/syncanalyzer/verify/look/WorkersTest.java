package io.syncanalyzer.verify.look;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.scan.KeyBatch;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class WorkersTest {
  private final List<Integer> counts = new CopyOnWriteArrayList<>();

  private Workers one() {
    return new Workers(List.of(batch -> counts.add(batch.count())), NanoClock.SYSTEM, () -> {});
  }

  private static KeyBatch batch(int database, Bytes key) {
    KeyBatch batch = new KeyBatch(database, 4);
    batch.add(key);
    return batch;
  }

  @Test
  void aBatchThatIsDoneIsFilledAgain() {
    try (Workers workers = one()) {
      KeyBatch first = batch(3, Bytes.utf8("a"));
      workers.submit(first);
      workers.awaitIdle();
      KeyBatch again = Objects.requireNonNull(workers.spent());
      assertThat(again).isSameAs(first);
      assertThat(workers.spent()).isNull();
      again.emptied(5).add(Bytes.utf8("bc"));
      assertThat(again.database()).isEqualTo(5);
      assertThat(again.count()).isEqualTo(1);
      assertThat(again.key(0)).isEqualTo(Bytes.utf8("bc"));
      workers.submit(again);
      workers.awaitIdle();
    }
    assertThat(counts).containsExactly(1, 1);
  }

  @Test
  void oneThatGrewForAVeryLongKeyIsNotKept() {
    try (Workers workers = one()) {
      workers.submit(batch(0, Bytes.wrap(new byte[3 * 1024 * 1024])));
      workers.awaitIdle();
      assertThat(workers.spent()).isNull();
    }
  }

  @Test
  void oneOfWhatTheOtherSideHasIsNotKept() {
    try (Workers workers = one()) {
      KeyBatch others = new KeyBatch(0, 4, false, true);
      others.add(Bytes.utf8("a"));
      workers.submit(others);
      workers.awaitIdle();
      assertThat(workers.spent()).isNull();
    }
  }
}
