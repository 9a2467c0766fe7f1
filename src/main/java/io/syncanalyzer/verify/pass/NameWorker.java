package io.syncanalyzer.verify.pass;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.wire.RawConnection;
import io.syncanalyzer.sentinel.KeyKind;
import io.syncanalyzer.sentinel.OurKey;
import io.syncanalyzer.verify.attempt.Attempt;
import io.syncanalyzer.verify.scan.KeyBatch;
import io.syncanalyzer.verify.scan.TypeFilter;
import io.syncanalyzer.verify.server.Connections;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Only counts keys, those of the types asked for, without looking at them. Sentinels and fence keys
 * of other runs of ours, by the exact shape of their names, are counted apart: such a run writes
 * them all the time, tells itself what becomes of them, and removes them. For one thread.
 */
final class NameWorker implements Consumer<KeyBatch> {
  private final Attempt attempt;
  private final Connections own;
  private final Endpoint side;
  private final AtomicLong counted;
  private final AtomicLong ofRuns;
  private @Nullable RawConnection connection;

  /**
   * @param side whose SCAN returned the keys
   * @param counted takes how many there are
   * @param ofRuns takes how many there are of other runs
   */
  NameWorker(
      Attempt attempt, Connections own, Endpoint side, AtomicLong counted, AtomicLong ofRuns) {
    this.attempt = attempt;
    this.own = own;
    this.side = side;
    this.counted = counted;
    this.ofRuns = ofRuns;
  }

  @Override
  public void accept(KeyBatch batch) {
    KeyBatch picked = attempt.run().retries().insist(() -> ofTypes(batch));
    int ours = 0;
    for (int i = 0; i < picked.count(); i++) {
      if (isOfARun(picked, i)) {
        ours++;
      }
    }
    ofRuns.addAndGet(ours);
    counted.addAndGet(picked.count() - ours);
  }

  private static boolean isOfARun(KeyBatch batch, int i) {
    Optional<KeyKind> kind = OurKey.of(batch.key(i)).map(OurKey::kind);
    return kind.equals(Optional.of(KeyKind.SENTINEL)) || kind.equals(Optional.of(KeyKind.FENCE));
  }

  private KeyBatch ofTypes(KeyBatch batch) {
    Set<String> types = attempt.scope().types();
    if (!attempt.picksTypes()) {
      return batch; // No others were listed.
    }
    try {
      RawConnection open = connection == null ? own.open(side) : connection;
      connection = open;
      open.select(batch.database());
      return new TypeFilter(open, types).of(batch);
    } catch (RedisFailure e) {
      connection = own.dropped(connection);
      throw e;
    }
  }
}
