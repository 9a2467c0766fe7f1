package io.syncanalyzer.verify;

import io.syncanalyzer.redis.RawConnection;
import io.syncanalyzer.redis.RedisFailure;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One worker of the first pass: looks at a batch over connections of its own, and over others where
 * these failed. For one thread.
 */
final class FirstWorker implements Consumer<KeyBatch> {
  private final PassSetting setting;
  private final Connections own;
  private final Found found;
  private final boolean sizesFirst;
  private final boolean anyExpiry;
  private @Nullable RawConnection mine;
  private @Nullable RawConnection other;
  private @Nullable FirstLook look;

  FirstWorker(
      PassSetting setting, Connections own, Found found, boolean sizesFirst, boolean anyExpiry) {
    this.setting = setting;
    this.own = own;
    this.found = found;
    this.sizesFirst = sizesFirst;
    this.anyExpiry = anyExpiry;
  }

  private FirstLook open() {
    RawConnection source = own.open(setting.source());
    mine = source;
    RawConnection replica = own.open(setting.replica());
    other = replica;
    FirstLook opened =
        new FirstLook(
            source,
            replica,
            setting.abilities(),
            sizesFirst,
            setting.scanType(),
            anyExpiry,
            setting.toleranceMillis(),
            setting.clock());
    look = opened;
    return opened;
  }

  private void close() {
    look = null;
    mine = own.dropped(mine);
    other = own.dropped(other);
  }

  private KeyBatch picked(KeyBatch batch) {
    Set<String> types = setting.request().scope().types();
    RawConnection source = mine;
    return types.size() > 1 && source != null ? new TypeFilter(source, types).of(batch) : batch;
  }

  @Override
  public void accept(KeyBatch batch) {
    setting.progress().done(setting.patience().insist(() -> lookedAt(batch)));
  }

  private int lookedAt(KeyBatch batch) {
    try {
      FirstLook looking = look == null ? open() : look;
      KeyBatch picked = picked(batch);
      if (picked.count() > 0) {
        looking.at(picked, found);
      }
      setting.progress().leftOut(batch.count() - picked.count());
      return picked.count();
    } catch (RedisFailure e) {
      // It may have ended in the middle of a reply: the next attempt has other connections.
      close();
      throw e;
    }
  }
}
