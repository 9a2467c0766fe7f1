package io.syncanalyzer.verify;

import io.syncanalyzer.redis.RawConnection;
import io.syncanalyzer.redis.RedisFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The worker of the second pass: looks for keys that only the replica has. For one thread. */
final class ExtraWorker implements Consumer<KeyBatch> {
  private final PassSetting setting;
  private final Connections own;
  private final Ledger ledger;
  private @Nullable RawConnection source;
  private @Nullable RawConnection replica;

  ExtraWorker(PassSetting setting, Connections own, Ledger ledger) {
    this.setting = setting;
    this.own = own;
    this.ledger = ledger;
  }

  @Override
  public void accept(KeyBatch batch) {
    ledger.add(setting.patience().insist(() -> lookedAt(batch)));
  }

  private List<Suspect> lookedAt(KeyBatch batch) {
    List<Suspect> found = new ArrayList<>();
    try {
      RawConnection mine = source == null ? own.open(setting.source()) : source;
      source = mine;
      KeyBatch picked = batch;
      Set<String> types = setting.request().scope().types();
      if (types.size() > 1) {
        RawConnection other = replica == null ? own.open(setting.replica()) : replica;
        replica = other;
        picked = new TypeFilter(other, types).of(batch);
      }
      KeyBatch looking = picked;
      if (looking.count() > 0) {
        new ExtraLook(mine, types)
            .at(
                looking,
                index -> found.add(new Suspect(looking.key(index), setting.clock().nanoTime())));
      }
    } catch (RedisFailure e) {
      source = own.dropped(source);
      replica = own.dropped(replica);
      throw e;
    }
    return found;
  }
}
