package io.syncanalyzer.sentinel;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.topology.HashSlot;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.sentinel.OurKey.Finding;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/**
 * Removes what the analyzer wrote from a server, in batches, by known keys or by prefix; nothing
 * else, whatever it is called.
 *
 * <p>What may be removed is told by {@link OurKey}: the name, and the value where that says more.
 * {@link WatchedRemoval} looks and removes in one step.
 *
 * <p>Works on the database of the connection; of a cluster on one node, whose batches are of one
 * slot each. Ends early, with what it has removed so far, when its thread is interrupted. Belongs
 * to one thread.
 */
public final class SentinelCleaner {
  private final RedisConnection source;
  private final LongConsumer looked;
  private final SlotSet slots;
  private final WatchedRemoval removal;
  private long keysLooked;

  public SentinelCleaner(RedisConnection source) {
    this(source, keys -> {});
  }

  /**
   * @param looked told, again and again, how many keys have been looked at so far: far away it
   *     takes minutes
   */
  public SentinelCleaner(RedisConnection source, LongConsumer looked) {
    this(source, looked, SlotSet.ALL);
  }

  /**
   * @param looked told, again and again, how many keys have been looked at so far
   * @param slots which slots the server owns: what it holds of others is on its way
   */
  public SentinelCleaner(RedisConnection source, LongConsumer looked, SlotSet slots) {
    this.source = source;
    this.looked = looked;
    this.slots = slots;
    this.removal =
        new WatchedRemoval(
            source,
            Bytes.utf8(
                slots.isAll() || slots.isEmpty()
                    ? KeyPrefix.ALL
                    : KeyPrefix.ALL + SlotTag.of(slots.next(0))));
  }

  /**
   * Counts what there is under a prefix, removing nothing.
   *
   * @param prefix one of {@link KeyPrefix}'s, taken literally
   * @param wanted which of those keys are to be looked at
   */
  public KeyCensus count(String prefix, Predicate<Bytes> wanted) {
    KeyCensus census = new KeyCensus();
    walk(prefix, wanted, census, keys -> look(keys, census));
    return census;
  }

  /**
   * Removes the sentinels of these ranges, without a scan.
   *
   * @return what was there, was ours, and is gone
   */
  public KeyCensus remove(List<SentinelRange> ranges) {
    KeyCensus census = new KeyCensus();
    remove(ranges, census);
    return census;
  }

  /**
   * As {@link #remove(List)}.
   *
   * @param ranges those of keys whose slots are another's are left out
   * @param census gets what is gone as it goes, beside what an earlier attempt removed
   */
  public void remove(List<SentinelRange> ranges, KeyCensus census) {
    census.looksAgain();
    SlotBatches batches = new SlotBatches(isInCluster());
    for (SentinelRange range : ranges) {
      for (long sequence = range.begin(); sequence < range.end(); sequence++) {
        Bytes name = Bytes.wrap((range.prefix() + sequence).getBytes(StandardCharsets.UTF_8));
        Optional<OurKey> key = isOwn(name) ? OurKey.of(name) : Optional.empty();
        if (key.isPresent()
            && batches.add(key.get(), batch -> removed(batch, census))
            && Thread.currentThread().isInterrupted()) {
          return;
        }
      }
    }
    batches.useAll(batch -> removal.remove(batch, census));
  }

  private void removed(List<OurKey> batch, KeyCensus census) {
    removal.remove(batch, census);
    tell(batch.size());
  }

  /**
   * Removes every key of ours that begins with the prefix, found by a scan of the whole database.
   *
   * @param prefix one of {@link KeyPrefix}'s, taken literally
   * @return what was there, was ours, and is gone, and what is not ours
   * @throws IllegalArgumentException if the prefix is not ours
   */
  public KeyCensus removePrefix(String prefix) {
    KeyCensus census = new KeyCensus();
    removePrefix(prefix, census);
    return census;
  }

  /**
   * As {@link #removePrefix(String)}.
   *
   * @param census gets what is gone as it goes, beside what an earlier attempt removed
   */
  public void removePrefix(String prefix, KeyCensus census) {
    census.looksAgain();
    SlotBatches batches = new SlotBatches(isInCluster());
    Consumer<List<OurKey>> use =
        batch -> {
          removal.remove(batch, census);
          looked.accept(keysLooked);
        };
    walk(
        prefix,
        any -> true,
        census,
        keys ->
            () -> {
              keys.forEach(key -> batches.add(key, use));
              if (!isInCluster()) {
                batches.useAll(use);
              }
            });
    if (!Thread.currentThread().isInterrupted()) {
      batches.useAll(use);
    }
  }

  private boolean isInCluster() {
    return source.endpoint().isInCluster();
  }

  private boolean isOwn(Bytes key) {
    return slots.isAll() || slots.contains(HashSlot.of(key));
  }

  /**
   * Whether look and removal are one step here; without that a key may change hands between them.
   */
  public boolean isAtomic() {
    return removal.isAtomic();
  }

  private void tell(int more) {
    keysLooked += more;
    looked.accept(keysLooked);
  }

  private void walk(
      String prefix,
      Predicate<Bytes> wanted,
      KeyCensus census,
      Function<List<OurKey>, Runnable> use) {
    if (!prefix.startsWith(KeyPrefix.ALL)) {
      throw new IllegalArgumentException(
          "only keys that begin with " + KeyPrefix.ALL + " are looked at, not " + prefix);
    }
    PrefixWalk.each(
        source,
        prefix,
        keys -> {
          List<OurKey> page = new ArrayList<>();
          for (Bytes key : keys) {
            if (!wanted.test(key)) {
              continue;
            }
            Optional<OurKey> shaped = OurKey.of(key);
            if (!isOwn(key)) {
              census.moving(key);
            } else if (shaped.isEmpty()) {
              census.foreign(key);
            } else {
              page.add(shaped.get());
            }
          }
          tell(keys.size());
          return use.apply(page);
        });
  }

  private Runnable look(List<OurKey> keys, KeyCensus census) {
    keys.forEach(key -> key.ask(source));
    return () -> {
      for (OurKey key : keys) {
        try {
          Finding finding = key.read(source);
          if (finding == Finding.OURS) {
            census.ours(key.kind(), key.key());
          } else if (finding == Finding.FOREIGN) {
            census.foreign(key.key());
          }
        } catch (RedisFailure e) {
          if (e.kind() != RedisFailure.Kind.SLOT_MOVED) {
            throw e;
          }
          census.moving(key.key());
        }
      }
    };
  }
}
