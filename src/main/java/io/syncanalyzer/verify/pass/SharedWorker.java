package io.syncanalyzer.verify.pass;

import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.wire.RawConnection;
import io.syncanalyzer.redis.wire.ReplyMemory;
import io.syncanalyzer.verify.attempt.Attempt;
import io.syncanalyzer.verify.found.CountedFindings;
import io.syncanalyzer.verify.look.FirstLook;
import io.syncanalyzer.verify.look.SharedReads;
import io.syncanalyzer.verify.scan.KeyBatch;
import io.syncanalyzer.verify.scan.TypeFilter;
import io.syncanalyzer.verify.server.Connections;
import io.syncanalyzer.verify.server.SizesFirst;
import io.syncanalyzer.verify.server.VerifyFailure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One worker of a {@link SharedPass}: looks at a batch for one companion after the other, by the
 * same {@link FirstLook} as for one alone. What the source answered the first it does not have to
 * answer the others ({@link ReplyMemory}). A batch whose values are more than the memory holds is
 * the last of its size: those that follow are looked at in smaller parts. For one thread.
 */
final class SharedWorker implements Consumer<KeyBatch> {
  private static final int LEAST_KEYS = 32;

  /** As many as no batch has. */
  private static final int MOST_KEYS = 1 << 20;

  private final int number;
  private final Attempt lead;
  private final Connections toSource;
  private final List<Companion> companions;
  private final SizesFirst sizes;
  private final ReplyMemory memory;
  private final Map<Companion, RawConnection> replicas = new HashMap<>();
  private final Map<Companion, FirstLook> looks = new HashMap<>();
  private @Nullable RawConnection source;
  private int mostKeys = MOST_KEYS;

  /**
   * @param number its own, from 0
   * @param lead what the keys are asked for by
   * @param toSource closed when the pass ends
   * @param mostBytes how much of what the source answered it may keep
   */
  SharedWorker(
      int number, Attempt lead, Connections toSource, List<Companion> companions, int mostBytes) {
    this.number = number;
    this.lead = lead;
    this.toSource = toSource;
    this.companions = companions;
    this.sizes =
        companions.stream()
            .map(one -> one.member().attempt().begin().sizes())
            .reduce(SizesFirst.OF_NONE, SizesFirst::and);
    this.memory = new ReplyMemory(mostBytes, new SharedReads());
  }

  @Override
  public void accept(KeyBatch batch) {
    int from = 0;
    while (from < batch.count()) {
      int to = Math.min(batch.count(), from + mostKeys);
      lookAt(from == 0 && to == batch.count() ? batch : batch.part(from, to));
      from = to;
    }
  }

  private void lookAt(KeyBatch batch) {
    memory.begin();
    KeyBatch picked = lead.run().retries().insist(() -> picked(batch));
    for (Companion companion : companions) {
      if (companion.isPresent() && companion.member().wanted().contains(batch.database())) {
        memory.turn();
        lookFor(companion, picked);
        companion.progress().leftOut(batch.count() - picked.count());
      }
    }
    if (memory.isFull()) {
      mostKeys = Math.max(LEAST_KEYS, batch.count() / 2);
    } else if (mostKeys < MOST_KEYS && memory.isMostlyEmpty()) {
      mostKeys *= 2;
    }
  }

  /** The keys of the types asked for; SCAN has picked them where it is one. */
  private KeyBatch picked(KeyBatch batch) {
    Set<String> types = lead.scope().types();
    if (!lead.picksTypes()) {
      return batch;
    }
    try {
      RawConnection mine = source(batch.database());
      return new TypeFilter(mine, types).of(batch);
    } catch (RedisFailure e) {
      dropSource();
      throw e;
    }
  }

  private void lookFor(Companion companion, KeyBatch batch) {
    try {
      companion.look(
          number,
          counting -> {
            Attempt attempt = companion.member().attempt();
            attempt.run().retries().insist(() -> look(companion, batch, counting));
            attempt.run().progress().done(batch.count());
          });
    } catch (RedisFailure e) {
      if (e.endpoint().side() == Side.SOURCE) {
        throw e;
      }
      companion.fails(e);
    } catch (VerifyFailure e) {
      companion.fails(e);
    }
  }

  private void look(Companion companion, KeyBatch batch, CountedFindings counting) {
    if (batch.count() == 0) {
      return;
    }
    try {
      RawConnection mine = source(batch.database());
      RawConnection other = replicas.get(companion);
      if (other == null) {
        other = companion.toReplica().open(companion.member().attempt().replica());
        replicas.put(companion, other);
      }
      other.select(batch.database());
      FirstLook look = looks.get(companion);
      if (look == null) {
        look = firstLook(companion.member().attempt(), mine, other);
        looks.put(companion, look);
      }
      look.at(batch, companion.member().begin().mayExpire(batch.database()), counting);
    } catch (RedisFailure e) {
      // Either may have ended in the middle of a reply: the next attempt has other connections.
      dropSource();
      companion.toReplica().dropped(replicas.remove(companion));
      throw e;
    }
  }

  private FirstLook firstLook(Attempt attempt, RawConnection mine, RawConnection other) {
    return new FirstLook(
        mine,
        other,
        attempt.abilities(),
        sizes,
        Side.SOURCE,
        attempt.scanType(),
        attempt.toleranceMillis(),
        attempt.run().clock());
  }

  private RawConnection source(int database) {
    RawConnection open = source;
    if (open == null) {
      open = toSource.open(lead.source());
      open.remember(memory);
      source = open;
    }
    open.select(database);
    return open;
  }

  private void dropSource() {
    looks.clear();
    source = toSource.dropped(source);
  }
}
