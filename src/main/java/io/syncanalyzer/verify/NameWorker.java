package io.syncanalyzer.verify;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RawConnection;
import io.syncanalyzer.redis.RedisFailure;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Only counts keys, those of the types asked for, without looking at them. For one thread. */
final class NameWorker implements Consumer<KeyBatch> {
  private final PassSetting setting;
  private final Connections own;
  private final Endpoint side;
  private final AtomicLong counted;
  private @Nullable RawConnection connection;

  /**
   * @param side whose SCAN returned the keys
   * @param counted takes how many there are
   */
  NameWorker(PassSetting setting, Connections own, Endpoint side, AtomicLong counted) {
    this.setting = setting;
    this.own = own;
    this.side = side;
    this.counted = counted;
  }

  @Override
  public void accept(KeyBatch batch) {
    counted.addAndGet(setting.patience().insist(() -> ofTypes(batch)));
  }

  private int ofTypes(KeyBatch batch) {
    Set<String> types = setting.request().scope().types();
    if (types.size() < 2) {
      return batch.count(); // SCAN has returned no others.
    }
    try {
      RawConnection open = connection == null ? own.open(side) : connection;
      connection = open;
      open.select(batch.database());
      return new TypeFilter(open, types).of(batch).count();
    } catch (RedisFailure e) {
      connection = own.dropped(connection);
      throw e;
    }
  }
}
