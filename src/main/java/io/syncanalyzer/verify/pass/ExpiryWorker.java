package io.syncanalyzer.verify.pass;

import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.wire.RawConnection;
import io.syncanalyzer.verify.attempt.Attempt;
import io.syncanalyzer.verify.found.Suspect;
import io.syncanalyzer.verify.look.ExpiryLook;
import io.syncanalyzer.verify.scan.KeyBatch;
import io.syncanalyzer.verify.scan.TypeFilter;
import io.syncanalyzer.verify.server.Connections;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A worker that picks from the keys of the side that leads those whose expiries may differ. For one
 * thread.
 */
final class ExpiryWorker implements Consumer<KeyBatch> {
  private final Attempt attempt;
  private final Connections own;
  private @Nullable RawConnection source;
  private @Nullable RawConnection replica;

  ExpiryWorker(Attempt attempt, Connections own) {
    this.attempt = attempt;
    this.own = own;
  }

  @Override
  public void accept(KeyBatch batch) {
    attempt.ledger().add(attempt.run().retries().insist(() -> lookedAt(batch)));
  }

  private List<Suspect> lookedAt(KeyBatch batch) {
    List<Suspect> found = new ArrayList<>();
    try {
      RawConnection mine = source == null ? own.open(attempt.source()) : source;
      source = mine;
      RawConnection other = replica == null ? own.open(attempt.replica()) : replica;
      replica = other;
      mine.select(batch.database());
      other.select(batch.database());
      Side lead = attempt.lead();
      Set<String> types = attempt.scope().types();
      KeyBatch looking =
          attempt.picksTypes()
              ? new TypeFilter(lead == Side.SOURCE ? mine : other, types).of(batch)
              : batch;
      if (looking.count() > 0) {
        new ExpiryLook(mine, other, attempt.abilities(), attempt.toleranceMillis())
            .at(
                looking,
                all -> true,
                false, // What is not there was settled before.
                index -> found.add(Suspect.of(looking, index, lead, attempt.run().clock())));
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
