package io.syncanalyzer.sentinel;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.redis.wire.RedisConnection.Command;
import io.syncanalyzer.sentinel.OurKey.Finding;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Removes what the analyzer wrote from a server, in batches, by known keys or by prefix; nothing
 * else, whatever it is called.
 *
 * <p>What may be removed is told by {@link OurKey}: the name, and the value where that says more.
 * Between the look and the removal a key may change hands: both are one step, by WATCH, a look, and
 * a removal in MULTI/EXEC, which does nothing if a key changed meanwhile; those are looked at
 * again, in halves. A WATCH is its connection's: so they are where another took its place
 * meanwhile. Where the user may not use WATCH, a key is looked at just before.
 *
 * <p>Works on the database of the connection. Ends early, with what it has removed so far, when its
 * thread is interrupted. Belongs to one thread.
 */
public final class SentinelCleaner {
  /** A server goes through all keys watched so far for each further one. */
  private static final int BATCH = 128;

  /** How often a key that changes is tried again by itself. */
  private static final int TRIES = 20;

  private static final Command WATCH = Command.of("WATCH");
  private static final Command MULTI = Command.of("MULTI");
  private static final Command EXEC = Command.of("EXEC");

  /** For servers too old to know UNLINK. */
  private static final Command DEL = Command.of("DEL");

  private final RedisConnection source;
  private final LongConsumer looked;
  private long keysLooked;
  private Command removal = Command.of("UNLINK");
  private @Nullable Boolean atomic;

  public SentinelCleaner(RedisConnection source) {
    this(source, keys -> {});
  }

  /**
   * @param looked told, again and again, how many keys have been looked at so far: far away it
   *     takes minutes
   */
  public SentinelCleaner(RedisConnection source, LongConsumer looked) {
    this.source = source;
    this.looked = looked;
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
   * @param census gets what is gone as it goes, beside what an earlier attempt removed
   */
  public void remove(List<SentinelRange> ranges, KeyCensus census) {
    census.looksAgain();
    List<OurKey> batch = new ArrayList<>(BATCH);
    for (SentinelRange range : ranges) {
      for (long sequence = range.begin(); sequence < range.end(); sequence++) {
        Bytes key = Bytes.wrap((range.prefix() + sequence).getBytes(StandardCharsets.UTF_8));
        OurKey.of(key).ifPresent(batch::add);
        if (batch.size() == BATCH) {
          remove(batch, census, TRIES);
          tell(batch.size());
          batch.clear();
          if (Thread.currentThread().isInterrupted()) {
            return;
          }
        }
      }
    }
    remove(batch, census, TRIES);
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
    walk(prefix, any -> true, census, keys -> () -> removeInBatches(keys, census));
  }

  /**
   * Whether look and removal are one step here; without that a key may change hands between them.
   */
  public boolean isAtomic() {
    Boolean known = atomic;
    if (known == null) {
      known = tried();
      atomic = known;
    }
    return known;
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
            if (shaped.isEmpty()) {
              census.foreign(key);
              continue;
            }
            page.add(shaped.get());
          }
          tell(keys.size());
          return use.apply(page);
        });
  }

  private void removeInBatches(List<OurKey> keys, KeyCensus census) {
    for (int from = 0; from < keys.size(); from += BATCH) {
      remove(keys.subList(from, Math.min(from + BATCH, keys.size())), census, TRIES);
      looked.accept(keysLooked);
    }
  }

  private Runnable look(List<OurKey> keys, KeyCensus census) {
    keys.forEach(key -> key.ask(source));
    return () -> {
      for (OurKey key : keys) {
        Finding finding = key.read(source);
        if (finding == Finding.OURS) {
          census.ours(key.kind(), key.key());
        } else if (finding == Finding.FOREIGN) {
          census.foreign(key.key());
        }
      }
    };
  }

  private void remove(List<OurKey> keys, KeyCensus census, int tries) {
    if (keys.isEmpty()) {
      return;
    }
    boolean inOneStep = isAtomic();
    if (inOneStep) {
      source.send(WATCH, keys.stream().map(key -> key.key().array()).toArray(byte[][]::new));
    }
    keys.forEach(key -> key.ask(source));
    source.flush();
    int session = source.renewals(); // WATCH has left.
    if (inOneStep && source.receive() instanceof Reply.Failed failed) {
      throw source.refused("WATCH", failed);
    }
    Map<KeyKind, List<OurKey>> ours = new EnumMap<>(KeyKind.class);
    List<OurKey> foreign = new ArrayList<>();
    for (OurKey key : keys) {
      Finding finding = key.read(source);
      if (finding == Finding.OURS) {
        ours.computeIfAbsent(key.kind(), none -> new ArrayList<>()).add(key);
      } else if (finding == Finding.FOREIGN) {
        foreign.add(key);
      }
    }
    if (inOneStep ? unlinkedWatched(ours, session) : unlinked(ours, false)) {
      ours.forEach((kind, list) -> list.forEach(key -> census.ours(kind, key.key())));
      foreign.forEach(key -> census.foreign(key.key()));
      return;
    }
    if (keys.size() > 1) {
      int half = keys.size() / 2;
      remove(List.copyOf(keys.subList(0, half)), census, tries);
      remove(List.copyOf(keys.subList(half, keys.size())), census, tries);
    } else if (tries > 1) {
      remove(keys, census, tries - 1);
    } else {
      census.changing(keys.get(0).key());
    }
  }

  private boolean unlinkedWatched(Map<KeyKind, List<OurKey>> ours, int session) {
    if (!source.holdsSince(session)) {
      return false;
    }
    try {
      return unlinked(ours, true);
    } finally {
      source.letGo();
    }
  }

  /** Removes them; false where nothing was removed and they are to be looked at again. */
  private boolean unlinked(Map<KeyKind, List<OurKey>> ours, boolean inOneStep) {
    if (ours.isEmpty() && !inOneStep) {
      return true;
    }
    byte[][] keys =
        ours.values().stream()
            .flatMap(List::stream)
            .map(key -> key.key().array())
            .toArray(byte[][]::new);
    if (inOneStep) {
      // With nothing between them they end the WATCH, which UNWATCH would need another right for.
      source.send(MULTI);
    }
    if (keys.length > 0) {
      source.send(removal, keys);
    }
    if (inOneStep) {
      source.send(EXEC);
    }
    source.flush();
    Reply queued = inOneStep ? source.receive() : new Reply.Nil();
    Reply reply = keys.length > 0 ? source.receive() : queued;
    Reply done = inOneStep ? source.receive() : reply;
    if (reply instanceof Reply.Failed failed) {
      if (failed.message().contains("unknown command") && !removal.equals(DEL)) {
        removal = DEL;
        return false;
      }
      throw source.refused(removal.name().asUtf8(), failed);
    }
    if (done instanceof Reply.Failed failed) {
      throw source.refused("EXEC", failed);
    }
    return !(inOneStep && done instanceof Reply.Nil) || keys.length == 0;
  }

  private boolean tried() {
    // In one pipeline: between two there might be another connection, with no MULTI to end.
    source.send(WATCH, Bytes.utf8(KeyPrefix.ALL).array());
    source.send(MULTI);
    source.send(EXEC);
    source.flush();
    Reply watch = source.receive();
    Reply multi = source.receive();
    Reply exec = source.receive();
    if (isRefused("WATCH", watch) || isRefused("MULTI", multi)) {
      return false;
    }
    if (!isRefused("EXEC", exec)) {
      return true;
    }
    // A refused EXEC ends the transaction itself on servers we know; where not, this does.
    source.call("DISCARD");
    return false;
  }

  private boolean isRefused(String command, Reply reply) {
    if (!(reply instanceof Reply.Failed failed)) {
      return false;
    }
    return switch (failed.code()) {
      case "NOPERM", "ERR", "EXECABORT" -> true;
      default -> throw source.refused(command, failed);
    };
  }
}
