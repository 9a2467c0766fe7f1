package io.syncanalyzer.verify;

import io.syncanalyzer.redis.RawConnection;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A worker that only picks suspects from the keys of one side: of the replica those that the source
 * lacks, of the source those whose expiries may differ. For one thread.
 */
final class SuspectWorker implements Consumer<KeyBatch> {
  private final PassSetting setting;
  private final Connections own;
  private final Ledger ledger;
  private final boolean expiries;
  private @Nullable RawConnection source;
  private @Nullable RawConnection replica;

  private SuspectWorker(PassSetting setting, Connections own, Ledger ledger, boolean expiries) {
    this.setting = setting;
    this.own = own;
    this.ledger = ledger;
    this.expiries = expiries;
  }

  /** Picks from the replica's keys those that the source lacks. */
  static SuspectWorker ofExtraKeys(PassSetting setting, Connections own, Ledger ledger) {
    return new SuspectWorker(setting, own, ledger, false);
  }

  /** Picks from the source's keys those whose expiries may differ. */
  static SuspectWorker ofExpiries(PassSetting setting, Connections own, Ledger ledger) {
    return new SuspectWorker(setting, own, ledger, true);
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
      RawConnection other = replica == null ? own.open(setting.replica()) : replica;
      replica = other;
      Set<String> types = setting.request().scope().types();
      KeyBatch looking =
          types.size() > 1 ? new TypeFilter(expiries ? mine : other, types).of(batch) : batch;
      IntConsumer suspects =
          index ->
              found.add(
                  new Suspect(
                      looking.key(index),
                      expiries ? Side.SOURCE : Side.REPLICA,
                      setting.clock().nanoTime()));
      if (looking.count() == 0) {
        return found;
      }
      if (expiries) {
        new ExpiryLook(mine, other, setting.abilities(), setting.toleranceMillis())
            .at(looking, all -> true, false, suspects); // What is not there was settled before.
      } else {
        new ExtraLook(mine, types).at(looking, suspects);
      }
    } catch (RedisFailure e) {
      // It may have ended in the middle of a reply: the next attempt has other connections.
      source = own.dropped(source);
      replica = own.dropped(replica);
      throw e;
    }
    return found;
  }
}
