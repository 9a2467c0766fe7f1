package io.syncanalyzer.verify.pass;

import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.wire.RawConnection;
import io.syncanalyzer.time.AtOnce;
import io.syncanalyzer.verify.attempt.Attempt;
import io.syncanalyzer.verify.found.Findings;
import io.syncanalyzer.verify.look.FirstLook;
import io.syncanalyzer.verify.scan.KeyBatch;
import io.syncanalyzer.verify.scan.TypeFilter;
import io.syncanalyzer.verify.server.Connections;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One worker that looks at keys for the first time: at a batch over connections of its own, and
 * over others where these failed. For one thread.
 */
final class FirstWorker implements Consumer<KeyBatch> {
  private final Attempt attempt;
  private final Connections own;
  private final Side scanned;
  private final Findings found;
  private final IntPredicate anyExpiry;
  private final AtomicLong looked;
  private @Nullable RawConnection mine;
  private @Nullable RawConnection other;
  private @Nullable FirstLook look;

  /**
   * @param scanned the side whose SCAN returned the keys
   * @param anyExpiry whether expiries of a database are compared
   * @param looked takes how many keys were looked at
   */
  FirstWorker(
      Attempt attempt,
      Connections own,
      Side scanned,
      Findings found,
      IntPredicate anyExpiry,
      AtomicLong looked) {
    this.attempt = attempt;
    this.own = own;
    this.scanned = scanned;
    this.found = found;
    this.anyExpiry = anyExpiry;
    this.looked = looked;
  }

  private FirstLook opened() {
    FirstLook opened = AtOnce.both(this::openSource, this::openReplica, this::looking);
    look = opened;
    return opened;
  }

  private RawConnection openSource() {
    RawConnection opened = own.open(attempt.source());
    mine = opened;
    return opened;
  }

  private RawConnection openReplica() {
    RawConnection opened = own.open(attempt.replica());
    other = opened;
    return opened;
  }

  private FirstLook looking(RawConnection source, RawConnection replica) {
    return new FirstLook(
        source,
        replica,
        attempt.abilities(),
        attempt.begin().sizes(),
        attempt.lead(),
        attempt.scanType(),
        attempt.toleranceMillis(),
        attempt.run().clock());
  }

  private void close() {
    look = null;
    mine = own.dropped(mine);
    other = own.dropped(other);
  }

  private KeyBatch picked(KeyBatch batch) {
    Set<String> types = attempt.scope().types();
    RawConnection side = scanned == Side.SOURCE ? mine : other;
    return attempt.picksTypes() && side != null ? new TypeFilter(side, types).of(batch) : batch;
  }

  @Override
  public void accept(KeyBatch batch) {
    int keys = attempt.run().retries().insist(() -> lookedAt(batch));
    attempt.run().progress().done(keys);
    looked.addAndGet(keys);
  }

  private int lookedAt(KeyBatch batch) {
    try {
      FirstLook looking = look == null ? opened() : look;
      Objects.requireNonNull(mine, "opened").select(batch.database());
      Objects.requireNonNull(other, "opened").select(batch.database());
      KeyBatch picked = picked(batch);
      if (picked.count() > 0) {
        looking.at(picked, anyExpiry.test(batch.database()), found);
      }
      if (scanned == attempt.lead()) {
        attempt.run().progress().leftOut(batch.count() - picked.count());
      }
      return picked.count();
    } catch (RedisFailure e) {
      // It may have ended in the middle of a reply: the next attempt has other connections.
      close();
      throw e;
    }
  }
}
